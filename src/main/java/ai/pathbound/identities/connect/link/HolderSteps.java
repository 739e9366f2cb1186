package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.audit.LinkTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a link is found and opened by its holder. Who has the token, and after the consent the
 * cookie, may do it: there is no tenant to ask for, since those name one.
 */
@ApplicationScoped
public class HolderSteps {
  private static final String BY_TOKEN = LinkRows.SELECT + " where token_mac = any($1)";
  private static final String BY_BROWSER =
      LinkRows.SELECT + " where browser_mac = any($1) and id = $2";

  private final Pool pool;
  private final Transactions transactions;
  private final LinkTokens tokens;
  private final LinkRecord record;
  private final Consents consents;
  private final LinkTrail trail;

  HolderSteps(
      Pool pool,
      Transactions transactions,
      LinkTokens tokens,
      LinkRecord record,
      Consents consents,
      LinkTrail trail) {
    this.pool = pool;
    this.transactions = transactions;
    this.tokens = tokens;
    this.record = record;
    this.consents = consents;
    this.trail = trail;
  }

  /** The link of a token, in whatever state. */
  public Uni<Optional<StoredLink>> ofToken(Secret token) {
    return find(BY_TOKEN, Tuple.of(tokens.allOfToken(token)));
  }

  /** That link where it is bound to the browser that has this cookie, in whatever state. */
  public Uni<Optional<StoredLink>> ofBrowser(LinkId link, Secret cookie) {
    return find(BY_BROWSER, Tuple.of(tokens.allOfBrowser(link, cookie), link.uuid()));
  }

  private Uni<Optional<StoredLink>> find(String sql, Tuple by) {
    return pool.preparedQuery(sql)
        .execute(by)
        .map(LinkRows::first)
        .map(found -> found.map(StoredLink::asOfItsTime));
  }

  /** Whether a link is bound to the browser that has this cookie. */
  public boolean isBoundTo(StoredLink link, Secret cookie) {
    return link.browserMac()
        .map(
            bound ->
                Arrays.stream(tokens.allOfBrowser(link.facts().link(), cookie))
                    .anyMatch(mac -> MessageDigest.isEqual(ascii(mac), ascii(bound))))
        .orElse(false);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The cookie to bind a link to a browser: the one that it has, where that was made here for this
   * link, or a new one. A value that somebody else made up, and put into the browser, binds
   * nothing.
   */
  public Secret cookieFor(LinkId link, Optional<Secret> brought) {
    return brought
        .filter(cookie -> tokens.isCookieFor(link, cookie))
        .orElseGet(() -> tokens.makeCookie(link));
  }

  /**
   * The holder consents, and the link is bound to the browser that has {@code cookie}. The answer
   * is how the link stands afterwards: opened, or expired where its time was over already; a link
   * that was not pending stays as it is. Refuses with {@code not_found} where it is gone.
   */
  public Uni<StoredLink> open(
      StoredLink link, Secret cookie, Consents.Shown shown, Consents.From from) {
    LinkFacts facts = link.facts();
    Caller holder = holder(link, from.address());
    return transactions.run(
        tx ->
            LinkRows.holdIdentity(tx.connection(), facts.tenant(), facts.identity())
                .chain(
                    () ->
                        LinkRows.lock(
                            tx.connection(), facts.tenant(), facts.identity(), facts.link()))
                .flatMap(
                    found ->
                        found
                            .state()
                            .accept(
                                new OnlyFrom<ConnectLink>() {
                                  @Override
                                  public Optional<ConnectLink> pending(Pending state) {
                                    return Optional.of(
                                        state.open(
                                            tokens.ofBrowser(facts.link(), cookie), found.now()));
                                  }
                                })
                            .map(next -> opened(tx, found, next, holder, shown, from))
                            .orElseGet(() -> Uni.createFrom().item(found))));
  }

  private Uni<StoredLink> opened(
      Transaction tx,
      StoredLink link,
      ConnectLink next,
      Caller holder,
      Consents.Shown shown,
      Consents.From from) {
    boolean consented = next instanceof Opened;
    return record
        .write(tx, link, next, consented ? Optional.of(holder) : Optional.empty())
        .call(
            written ->
                consented
                    ? consents
                        .write(tx.connection(), written, shown, from)
                        .chain(
                            () ->
                                trail.write(
                                    tx.statements(),
                                    entry(link, holder, Action.LINK_CONSENTED).to(shown.text())))
                    : Uni.createFrom().voidItem());
  }

  static Caller holder(StoredLink link, Optional<String> address) {
    return LinkTrail.holder(link.facts().tenant(), link.facts().link(), address);
  }

  static LinkTrail.Entry entry(StoredLink link, Caller holder, Action action) {
    return entry(link, holder, action, AuditTrail.SUCCESS);
  }

  static LinkTrail.Entry entry(StoredLink link, Caller holder, Action action, String outcome) {
    return LinkTrail.entry(
        link.facts().tenant(),
        Optional.of(holder),
        action,
        link.facts().identity(),
        link.facts().link(),
        outcome);
  }
}
