package ai.pathbound.identities.database;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * PostgreSQL's driver, with connections that close when nothing was sent or received for too long.
 * The client's own idle timeout sends a goodbye and waits for the answer, which a server that is
 * cut off never gives: its commands would wait, and its slot in the pool stay taken, for ever.
 */
final class InactivityTimeout extends PgDriver {
  private static final Logger LOG = Logger.getLogger(InactivityTimeout.class);

  private final Duration limit;

  InactivityTimeout(Duration limit) {
    this.limit = limit;
  }

  @Override
  public ConnectionFactory createConnectionFactory(
      Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> servers) {
    return new PgConnectionFactory((VertxInternal) vertx, servers) {
      @Override
      protected NetClient netClient(NetClientOptions options) {
        return new Listening(super.netClient(options), limit);
      }
    };
  }

  /** First in the pipeline, so close() skips the protocol's goodbye. */
  private static final class Hangup extends IdleStateHandler {
    Hangup(Duration limit) {
      super(0, 0, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext channel, IdleStateEvent event) {
      channel.close();
    }

    /**
     * Netty closes a broken channel, which fails its commands; the client would log a stack trace,
     * too.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext channel, Throwable failure) throws Exception {
      if (failure instanceof IOException) {
        LOG.debugf("a connection broke: %s", failure);
      } else {
        super.exceptionCaught(channel, failure);
      }
    }
  }

  /** Adds the limit to every connection that the client opens. */
  private record Listening(NetClient client, Duration limit) implements NetClient {
    private NetSocket limited(NetSocket socket) {
      ((NetSocketInternal) socket)
          .channelHandlerContext()
          .pipeline()
          .addFirst("silence", new Hangup(limit));
      return socket;
    }

    @Override
    public Future<NetSocket> connect(int port, String host) {
      return client.connect(port, host).map(this::limited);
    }

    @Override
    public Future<NetSocket> connect(int port, String host, String serverName) {
      return client.connect(port, host, serverName).map(this::limited);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress server) {
      return client.connect(server).map(this::limited);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress server, String serverName) {
      return client.connect(server, serverName).map(this::limited);
    }

    @Override
    public NetClient connect(int port, String host, Handler<AsyncResult<NetSocket>> then) {
      connect(port, host).onComplete(then);
      return this;
    }

    @Override
    public NetClient connect(
        int port, String host, String serverName, Handler<AsyncResult<NetSocket>> then) {
      connect(port, host, serverName).onComplete(then);
      return this;
    }

    @Override
    public NetClient connect(SocketAddress server, Handler<AsyncResult<NetSocket>> then) {
      connect(server).onComplete(then);
      return this;
    }

    @Override
    public NetClient connect(
        SocketAddress server, String serverName, Handler<AsyncResult<NetSocket>> then) {
      connect(server, serverName).onComplete(then);
      return this;
    }

    @Override
    public void close(Handler<AsyncResult<Void>> then) {
      close().onComplete(then);
    }

    @Override
    public Future<Void> close() {
      return client.close();
    }

    @Override
    public Future<Boolean> updateSSLOptions(SSLOptions options, boolean force) {
      return client.updateSSLOptions(options, force);
    }

    @Override
    public boolean isMetricsEnabled() {
      return client.isMetricsEnabled();
    }
  }
}
