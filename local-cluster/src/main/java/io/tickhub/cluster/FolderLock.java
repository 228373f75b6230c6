package io.tickhub.cluster;

import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** Keeps a data folder for this process. Owns an open file, whose lock the system drops when the process dies. For one thread. */
final class FolderLock implements AutoCloseable {

    private static final Duration ORPHAN_DEADLINE = Duration.ofSeconds(10);

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param folder to be locked
     * @param kafkaFolder in it, which a broker may still hold whose parent was killed a moment ago
     * @throws ConfigurationException if another process uses the folder
     * @throws IOException if the folder cannot be written
     */
    static FolderLock take(Path folder, Path kafkaFolder) throws IOException {
        Path file = folder.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!tryLock(channel)) {
                throw inUse(folder, " (process " + Files.readString(file) + ")");
            }
            awaitOrphan(folder, kafkaFolder.resolve(".lock"));
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new FolderLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static void awaitOrphan(Path folder, Path kafkaLock) throws IOException {
        long deadline = System.nanoTime() + ORPHAN_DEADLINE.toNanos();
        while (Files.exists(kafkaLock) && isHeld(kafkaLock)) {
            if (System.nanoTime() > deadline) {
                throw inUse(folder, "");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BrokerFailedException("the start of the broker was interrupted");
            }
        }
    }

    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel probe = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = probe.tryLock()) {
            return lock == null;
        }
    }

    private static ConfigurationException inUse(Path folder, String holder) {
        return new ConfigurationException(List.of("another Tickhub uses the data folder " + folder + holder
                + "; stop it or choose another folder with --data"));
    }
}
