package ai.pathbound.identities.connect.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page says, in English; {@code messages/connect_*.properties} say the same. */
@MessageBundle("connect")
public interface Texts {
  // --- On every page
  @Message("Connect your LinkedIn account")
  String title();

  @Message("This page is not LinkedIn and does not belong to LinkedIn.")
  String notLinkedin();

  @Message("Privacy at {name}")
  String privacy(String name);

  @Message("Back to {name}")
  String back(String name);

  // --- The consent: its version is ConsentTexts.VERSION
  @Message("{name} asks to connect your LinkedIn account")
  String consentTitle(String name);

  @Message("What happens")
  String consentWhatTitle();

  @Message(
      "You type your LinkedIn username and password on the next page. They go to LinkedIn once, to sign in, and are"
          + " then erased here. {name} never sees them.")
  String consentWhat(String name);

  @Message("What is stored")
  String consentStoredTitle();

  @Message(
      "The session that LinkedIn gives out after you have signed in, encrypted; which LinkedIn account it is; and this"
          + " consent with its time, your browser's name and your network address.")
  String consentStored();

  @Message("What for")
  String consentPurposeTitle();

  @Message(
      "With that session {name} can act on LinkedIn as you, by programs. LinkedIn may restrict "
          + "accounts that programs use.")
  String consentPurpose(String name);

  @Message("For how long")
  String consentDurationTitle();

  @Message(
      "Until you, {name} or LinkedIn end the session. The record of this consent is kept "
          + "longer, as proof.")
  String consentDuration(String name);

  @Message("How to end it")
  String consentRevokeTitle();

  @Message(
      "At any time: in LinkedIn under Settings, Sign in & security, Where you're signed in, "
          + "end the session; or ask {name} to disconnect your account, which erases the session "
          + "here.")
  String consentRevoke(String name);

  @Message("I agree, continue")
  String consentAgree();

  @Message("If you do not agree, or do not know {name}, close this page. Nothing has happened.")
  String consentDecline(String name);

  @Message("This page has changed since you opened it. Please read it once more.")
  String consentAgain();

  // --- Username and password
  @Message("Sign in with your LinkedIn account")
  String credentialsTitle();

  @Message("Your password goes to LinkedIn and to nobody else. {name} does not see it.")
  String credentialsNote(String name);

  @Message("E-mail address or phone number at LinkedIn")
  String credentialsUsername();

  @Message("Password at LinkedIn")
  String credentialsPassword();

  @Message("Connect")
  String credentialsSubmit();

  @Message(
      "LinkedIn did not accept that username or password. Check both and try again. If you "
          + "have forgotten your password, reset it at linkedin.com first. Tries left: {left}.")
  String credentialsRefused(int left);

  @Message("Enter both, the username and the password.")
  String credentialsMissing();

  @Message("That is longer than LinkedIn allows. Check what you entered.")
  String credentialsTooLong();

  @Message("A login of this account is under way already. Try again in a moment.")
  String credentialsBusy();

  @Message("There were too many logins of this account. Try again in {minutes} min.")
  String credentialsTooMany(long minutes);

  @Message(
      "LinkedIn has locked this account. Unlock it at linkedin.com, then try again here in "
          + "{minutes} min.")
  String credentialsLocked(long minutes);

  @Message(
      "LinkedIn did not accept the last username or password. Check both, then try again in "
          + "{minutes} min.")
  String credentialsResting(long minutes);

  @Message("This link will have expired by then: ask for a new one.")
  String credentialsLinkEnds();

  // --- Working
  @Message("Please wait a moment")
  String queuedTitle();

  @Message(
      "Your login is accepted and waits for its turn. Leave this page open; it goes on by "
          + "itself.")
  String queuedText();

  @Message("Signing in")
  String workingTitle();

  @Message(
      "We are signing you in at LinkedIn. This usually takes less than a minute. Leave this "
          + "page open; it goes on by itself.")
  String workingText();

  @Message("Just now it does not, since there is much to do: look again in a moment.")
  String workingByHand();

  @Message("Look again")
  String workingAgain();

  // --- What LinkedIn asks for
  @Message("LinkedIn asks for a code")
  String codeTitle();

  @Message("Open your authenticator app and enter the code that it shows for LinkedIn.")
  String codeAuthenticator();

  @Message("LinkedIn has sent you a text message. Enter the code in it.")
  String codeSms();

  @Message("LinkedIn has sent you an e-mail. Enter the code in it.")
  String codeEmail();

  @Message("Code")
  String codeLabel();

  @Message("Send the code")
  String codeSubmit();

  @Message("LinkedIn did not accept that code. Enter the newest one.")
  String codeWrong();

  @Message("A code has 4 to 10 letters or digits.")
  String codeMalformed();

  @Message("Tries left: {left}")
  String triesLeft(int left);

  @Message("Time left:")
  String timeLeft();

  @Message("until {time} UTC")
  String untilUtc(String time);

  @Message("Approve the login in your LinkedIn app")
  String approvalTitle();

  @Message(
      "LinkedIn asks in the app on your phone whether you are signing in. Answer yes there; "
          + "this page goes on by itself.")
  String approvalText();

  @Message("Open the link in LinkedIn's e-mail")
  String emailTitle();

  @Message("LinkedIn has sent you an e-mail with a link. Open it; this page goes on by itself.")
  String emailText();

  // --- Beside a challenge: where it went, again, another way
  @Message("It went to {where}.")
  String sentTo(String where);

  @Message("Send it again")
  String resendSubmit();

  @Message(
      "LinkedIn has sent it a moment ago, or often enough. Wait a minute and look for the newest"
          + " one.")
  String resendTooSoon();

  @Message("Use my authenticator app instead")
  String wayAuthenticator();

  @Message("Get a text message instead")
  String waySms();

  @Message("Get a code by e-mail instead")
  String wayEmail();

  @Message("Confirm in the LinkedIn app instead")
  String wayApp();

  @Message("Get a link by e-mail instead")
  String wayLink();

  @Message("Having trouble?")
  String stuckTitle();

  @Message("No message is sent for this: only the app that you set up for LinkedIn shows the code.")
  String stuckAuthenticator();

  @Message("A text message can take a minute or two.")
  String stuckSms();

  @Message("If no e-mail arrives, look in your spam folder.")
  String stuckEmail();

  @Message("If the app shows no question, open it yourself and look under its notifications.")
  String stuckApp();

  @Message(
      "If you cannot answer, close this page and ask {name} for a new link. Nobody is signed "
          + "in without your answer.")
  String stuckText(String name);

  // --- Ends
  @Message("Your LinkedIn account is connected")
  String doneTitle();

  @Message("{name} can use it from now on. You can close this page.")
  String doneText(String name);

  @Message("This attempt did not connect your LinkedIn account")
  String failedTitle();

  @Message("To try again, ask {name} for a new link. Nothing of your password is kept.")
  String failedAgain(String name);

  @Message(
      "LinkedIn did not accept the username or password three times. If you are not sure of "
          + "your password, reset it at linkedin.com first.")
  String failedCredentialsRejected();

  @Message(
      "LinkedIn's question was not answered in time. Have your phone or your e-mail at hand "
          + "next time.")
  String failedVerificationTimeout();

  @Message("LinkedIn has locked this account. Unlock it at linkedin.com first.")
  String failedAccountLocked();

  @Message("Five codes were not accepted. Next time, use only the newest code.")
  String failedTooManyCodes();

  @Message(
      "You signed in to another LinkedIn account than the one that was connected before. Use "
          + "the same, or ask {name} to disconnect the old one first.")
  String failedWrongAccount(String name);

  @Message(
      "LinkedIn asks for a check that only you can pass. Sign in once at linkedin.com yourself first.")
  String failedByHand();

  @Message("{name} ended this login.")
  String failedEnded(String name);

  @Message(
      "A newer login of the same account took its place. If you started that one, go on there.")
  String failedSuperseded();

  @Message("The login was interrupted on our side. You did nothing wrong.")
  String failedInterrupted();

  @Message(
      "LinkedIn could not be reached, or did not answer as expected. Wait a few minutes first.")
  String failedUnavailable();

  @Message("This link has expired")
  String expiredTitle();

  @Message("This link was revoked")
  String revokedTitle();

  @Message("This link has been used")
  String usedTitle();

  @Message("It cannot be used any more. Ask {name} for a new one.")
  String endedText(String name);

  @Message("This link was opened in another browser")
  String elsewhereTitle();

  @Message(
      "It works only in the browser in which it was opened first. Open it there. If it was this"
          + " one, it kept no cookies then: allow them, and ask {name} for a new link. If it was"
          + " not you who opened it, tell {name} at once.")
  String elsewhereText(String name);

  // --- Without a link
  @Message("There is no such link")
  String unknownTitle();

  @Message("Check that the address is whole, or ask who sent it for a new one.")
  String unknownText();

  @Message("Open your link again")
  String reopenTitle();

  @Message(
      "This browser does not show that the link is yours. Allow this page to keep cookies, and "
          + "open the link that you were sent again. If it does not open any more, ask whoever "
          + "sent it for a new one.")
  String reopenText();

  @Message("This was not sent from this page")
  String forbiddenTitle();

  @Message(
      "Open your link again and go on from there. If you see this once more, use a newer "
          + "browser.")
  String forbiddenText();

  @Message("Too many tries")
  String busyTitle();

  @Message("Wait a minute, then open your link again.")
  String busyText();

  @Message("Something went wrong on our side")
  String troubleTitle();

  @Message("Open your link again in a few minutes.")
  String troubleText();

  @Message("If it goes wrong again, tell whoever sent you the link this number: {id}")
  String troubleId(String id);
}
