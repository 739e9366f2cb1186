package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Between the last look at an exchange and the socket there is nothing of ours. */
class SendDeadlineTest {
  private static final long LAST_MOMENT = 1000;

  private final AtomicLong now = new AtomicLong(LAST_MOMENT - 1);
  private final AtomicInteger reports = new AtomicInteger();
  private final Exchange exchange = until(LAST_MOMENT);

  private Exchange until(long lastMoment) {
    return new Exchange(lastMoment, reports::incrementAndGet, now::get);
  }

  private static EmbeddedChannel guardedBy(Exchange exchange) {
    EmbeddedChannel channel = new EmbeddedChannel();
    SendDeadline.guard(channel.pipeline(), exchange);
    return channel;
  }

  @Test
  void whatIsInTimeIsSentAndNotReported() {
    EmbeddedChannel channel = guardedBy(exchange);
    channel.writeOutbound("request");
    assertEquals("request", channel.readOutbound());
    assertFalse(exchange.isInterrupted());
    assertEquals(0, reports.get());
  }

  @Test
  void whatStoodStillOnItsWayToTheSocketIsThrownAwayWithTheConnection() {
    EmbeddedChannel channel = guardedBy(exchange);
    channel.write("request");
    now.set(LAST_MOMENT);
    channel.flush();
    assertNull(channel.readOutbound());
    assertFalse(channel.isOpen());
    assertTrue(exchange.isInterrupted(), "it says something of the endpoint");
    assertEquals(0, reports.get(), "nothing was sent");
  }

  @Test
  void whatWasGivenUpOnItsWayToTheSocketIsThrownAwayWithTheConnection() {
    EmbeddedChannel channel = guardedBy(exchange);
    channel.write("request");
    exchange.giveUp();
    channel.flush();
    assertNull(channel.readOutbound());
    assertFalse(channel.isOpen());
    assertFalse(exchange.isInterrupted(), "it is left to its lease");
  }

  @Test
  void whatStoodStillAtTheSocketItselfIsReportedOnce() {
    EmbeddedChannel channel = guardedBy(exchange);
    channel.pipeline().addFirst(standsStill());
    channel.write("first record");
    channel.write("second record");
    channel.flush();
    assertEquals("first record", channel.readOutbound());
    assertFalse(exchange.isInterrupted());
    assertEquals(1, reports.get());
  }

  @Test
  void aFlushBeforeTheRequestIsWrittenIsNotTheLastLook() {
    EmbeddedChannel channel = guardedBy(exchange);
    channel.flush();
    channel.write("request");
    now.set(LAST_MOMENT);
    channel.flush();
    assertNull(channel.readOutbound());
    assertTrue(exchange.isInterrupted());
  }

  @Test
  void aConnectionThatIsUsedAgainGoesByTheNextExchange() {
    EmbeddedChannel channel = guardedBy(exchange);
    channel.writeOutbound("first");
    now.set(LAST_MOMENT);
    SendDeadline.guard(channel.pipeline(), until(LAST_MOMENT + 1));
    channel.writeOutbound("second");
    assertEquals("first", channel.readOutbound());
    assertEquals("second", channel.readOutbound());
    assertTrue(channel.isOpen());
    assertEquals(0, reports.get());
  }

  @Test
  void whatIsInterruptedTwiceStaysInterrupted() {
    exchange.interrupt();
    exchange.interrupt();
    assertTrue(exchange.isInterrupted());
  }

  /** In the system call, if it were one. */
  private ChannelOutboundHandlerAdapter standsStill() {
    return new ChannelOutboundHandlerAdapter() {
      @Override
      public void flush(ChannelHandlerContext channel) throws Exception {
        now.set(LAST_MOMENT);
        super.flush(channel);
      }
    };
  }
}
