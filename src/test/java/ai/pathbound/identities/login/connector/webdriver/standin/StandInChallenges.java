package ai.pathbound.identities.login.connector.webdriver.standin;

import java.io.IOException;

/** Which page stands for a stage of a visit. */
final class StandInChallenges {
  private StandInChallenges() {}

  /** Answers with the page on which the visit is. */
  static void answer(Request request, Visit visit) throws IOException {
    switch (visit.stage()) {
      case "2fa", "sms", "emailcode", "stuck", "codeback" ->
          request.answer(200, StandInPages.code(visit.stage(), visit.newer, visit.wasWrong()));
      case "pin", "phone05" ->
          request.answer(200, ChallengePages.code(visit.stage(), visit.wasWrong()));
      case "numberpin",
          "sixdigits",
          "disableduntil",
          "boxes",
          "selfsending",
          "selfsubmits",
          "verifying",
          "spinner",
          "emailwords",
          "otherwords" ->
          request.answer(200, CodePages.page(visit.stage()));
      case "waylink", "waylist", "wayradio", "resendlater" ->
          request.answer(200, WayPages.challenge(visit.stage()));
      case "inplace" -> request.answer(200, ChallengePages.codeInPlace());
      case "resend" -> request.answer(200, ChallengePages.resend());
      case "inappcheck" -> request.answer(200, ChallengePages.approvalWithCheck());
      case "otherway" -> request.answer(200, ChallengePages.linkOrOtherWay());
      case "inapp", "appback" ->
          request.answer(200, ChallengePages.approval(visit.stage().equals("appback")));
      case "puzzle" -> request.answer(200, ChallengePages.puzzle());
      case "arkose" -> request.answer(200, ChallengePages.arkose());
      case "odd" -> request.answer(200, OddPage.page());
      case "coveredoffer" -> request.answer(200, ChallengePages.coveredOffer());
      case "app" -> request.answer(200, StandInPages.waiting(true));
      case "email", "never" -> request.answer(200, StandInPages.waiting(false));
      case "captcha" -> request.answer(200, StandInPages.captcha(false));
      case "frame" -> request.answer(200, StandInPages.captcha(true));
      case "skip" -> request.answer(200, StandInPages.offer());
      case "broken" -> request.drop();
      case "locked" ->
          request.answer(
              200,
              StandInPages.page(
                  "Account", "<h1>Your account has been\n  temporarily Restricted</h1>"));
      default ->
          request.answer(
              200,
              StandInPages.page(
                  "Verify",
                  "<h1>Upload a photo of your passport</h1><form>"
                      + "<input type='file' name='passport' id='photo-41'></form>"));
    }
  }
}
