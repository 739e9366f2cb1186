package ai.pathbound.identities.webhook.dispatcher;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Next to the socket, the last of ours before the operating system has the bytes: asks there
 * whether an exchange may still be sent. The process may stand still at any place before, and what
 * the client sends may wait for another event loop. What may not be sent is thrown away, and the
 * connection with it.
 */
final class SendDeadline extends ChannelOutboundHandlerAdapter {
  private volatile Exchange exchange;

  private SendDeadline(Exchange exchange) {
    this.exchange = exchange;
  }

  /** What is sent next on {@code connection}, is that exchange's. */
  static void guard(HttpConnection connection, Exchange exchange) {
    guard(((ConnectionBase) connection).channel().pipeline(), exchange);
  }

  static void guard(ChannelPipeline pipeline, Exchange exchange) {
    SendDeadline deadline = pipeline.get(SendDeadline.class);
    if (deadline == null) {
      pipeline.addFirst(new SendDeadline(exchange));
    } else {
      deadline.exchange = exchange;
    }
  }

  @Override
  public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) {
    Exchange current = exchange;
    // What a full socket does not take at once, Netty sends later without another flush.
    channel.write(
        message,
        promise
            .unvoid()
            .addListener(
                written -> {
                  if (written.isSuccess()) {
                    current.left();
                  }
                }));
  }

  @Override
  public void flush(ChannelHandlerContext channel) {
    Exchange current = exchange;
    if (!current.flush(channel::flush)) {
      // First, since what closing does to the request says nothing about the endpoint.
      current.interrupt();
      channel.close();
    }
  }
}
