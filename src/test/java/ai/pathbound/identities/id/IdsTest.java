package ai.pathbound.identities.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final Instant START = Instant.parse("2026-04-29T12:00:00Z");

  /** Pairs from the TypeID specification's list of valid ids. */
  @ParameterizedTest
  @CsvSource({
    "00000000000000000000000000,00000000-0000-0000-0000-000000000000",
    "00000000000000000000000001,00000000-0000-0000-0000-000000000001",
    "0000000000000000000000000a,00000000-0000-0000-0000-00000000000a",
    "0000000000000000000000000g,00000000-0000-0000-0000-000000000010",
    "00000000000000000000000010,00000000-0000-0000-0000-000000000020",
    "7zzzzzzzzzzzzzzzzzzzzzzzzz,ffffffff-ffff-ffff-ffff-ffffffffffff",
    "01h455vb4pex5vsknk084sn02q,01890a5d-ac96-774b-bcce-b302099a8057"
  })
  void anIdIsWrittenAsTheSpecificationWritesIt(String suffix, UUID uuid) {
    assertEquals("id_" + suffix, new IdentityId(uuid).toString());
    assertEquals(Optional.of(new IdentityId(uuid)), IdentityId.parse("id_" + suffix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id",
        "id_",
        "id_01h455vb4pex5vsknk084sn02",
        "id_01h455vb4pex5vsknk084sn02qq",
        "id_81h455vb4pex5vsknk084sn02q",
        "id_01H455VB4PEX5VSKNK084SN02Q",
        "id_01h455vb4pex5vsknk084sn02u",
        "id_01h455vb4pex5vsknk084sn0 q",
        "id-01h455vb4pex5vsknk084sn02q",
        "li_01h455vb4pex5vsknk084sn02q",
        "xid_01h455vb4pex5vsknk084sn02q",
        "id_01h455vb4pex5vsknk084sn0\u00e9q",
        "01890a5d-ac96-774b-bcce-b302099a8057"
      })
  void anyOtherTextIsNoId(String text) {
    assertEquals(Optional.empty(), IdentityId.parse(text));
  }

  @Test
  void idsGrowEvenWithinAMillisecondAndWhileTheClockGoesBack() {
    SettableClock clock = new SettableClock(START);
    Ids ids = new Ids(clock);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.identity().toString());
    }
    clock.set(START.minus(Duration.ofHours(1)));
    made.add(ids.identity().toString());
    clock.set(START.plus(Duration.ofHours(1)));
    made.add(ids.identity().toString());
    assertEquals(made.stream().sorted().distinct().toList(), made);
  }

  @Test
  void anIdIsAUuidOfVersionSevenWithTheTimeInFront() {
    UUID uuid = new Ids(new SettableClock(START)).session().uuid();
    assertEquals(7, uuid.version());
    assertEquals(2, uuid.variant());
    assertEquals(START.toEpochMilli(), uuid.getMostSignificantBits() >>> 16);
    assertTrue(new SessionId(uuid).toString().startsWith("sess_"));
    assertTrue(new ProfileId(uuid).toString().startsWith("li_"));
  }
}
