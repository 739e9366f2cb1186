package ai.pathbound.identities.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What processes have taken of the processors so far, in seconds, as Linux tells it (proc(5)). On a
 * machine that does other things too it says more than a rate.
 */
final class ProcessorTime {
  /** Linux' USER_HZ, on every architecture that we know. */
  private static final double TICKS_A_SECOND = 100;

  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int USER_OF_CHILDREN = 13;
  private static final int SYSTEM_OF_CHILDREN = 14;

  private ProcessorTime() {}

  /** Of one process. */
  static double of(long pid) throws IOException {
    String[] fields = fields(Path.of("/proc", Long.toString(pid), "stat"));
    return sum(fields, USER, SYSTEM);
  }

  /** Of a process and its children, also of those that have ended. */
  static double ofFamily(long pid) throws IOException {
    String[] own = fields(Path.of("/proc", Long.toString(pid), "stat"));
    double all = sum(own, USER, SYSTEM, USER_OF_CHILDREN, SYSTEM_OF_CHILDREN);
    try (Stream<ProcessHandle> children =
        ProcessHandle.of(pid).map(ProcessHandle::children).orElse(Stream.empty())) {
      for (ProcessHandle child : children.toList()) {
        try {
          all += of(child.pid());
        } catch (NoSuchFileException e) {
          // It ended in between; its parent counts it from now on.
        }
      }
    }
    return all;
  }

  /** The parent of a process. */
  static long parent(long pid) throws IOException {
    return Long.parseLong(fields(Path.of("/proc", Long.toString(pid), "stat"))[PARENT]);
  }

  /** The fields behind the name of the process, which may hold spaces. */
  private static String[] fields(Path stat) throws IOException {
    String text = Files.readString(stat);
    return text.substring(text.lastIndexOf(')') + 2).split(" ");
  }

  private static double sum(String[] fields, int... which) {
    double ticks = 0;
    for (int field : which) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_A_SECOND;
  }
}
