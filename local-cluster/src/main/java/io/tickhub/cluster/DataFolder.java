package io.tickhub.cluster;

import io.tickhub.runtime.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The folder in which a broker keeps its data, closed to other processes while this is open. Owns the lock, and the folder itself if
 * that is temporary. For one thread.
 */
final class DataFolder implements AutoCloseable {

    private enum Fate {
        /** It stays as it is. */
        KEPT,
        /** It is removed at the end. */
        TEMPORARY
    }

    private final Path path;
    private final Fate fate;
    private final FolderLock lock;

    private DataFolder(Path path, Fate fate) throws IOException {
        this.path = path;
        this.fate = fate;
        this.lock = FolderLock.take(path, kafka());
    }

    /**
     * Makes the folder if it is missing, and locks it.
     *
     * @param kept the folder, or empty for a temporary one
     * @throws ConfigurationException if it cannot be written or somebody else uses it
     */
    static DataFolder open(Optional<Path> kept) {
        Path path = kept.map(Path::toAbsolutePath).map(Path::normalize).orElseGet(DataFolder::temporary);
        try {
            Files.createDirectories(path);
            return new DataFolder(path, kept.isPresent() ? Fate.KEPT : Fate.TEMPORARY);
        } catch (IOException e) {
            throw unusable("the data folder " + path + " cannot be written (" + reason(e)
                    + "); make it writable or choose another with --data");
        }
    }

    /** Where Kafka's own data lies. */
    Path kafka() {
        return path.resolve("kafka");
    }

    /** Whether Kafka has data here from an earlier run. */
    boolean isFormatted() {
        return Files.exists(kafka().resolve("meta.properties"));
    }

    /** Nobody else on this machine can read what asks for a password to be read: the broker's data, and the passwords. */
    void closeToOthers() throws IOException {
        for (Path folder : List.of(kafka(), logins())) {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** Where the passwords lie of a broker that asks for them. */
    Path logins() {
        return path.resolve("logins");
    }

    Path brokerProperties() {
        return path.resolve("broker.properties");
    }

    Path brokerLog() {
        return path.resolve("broker.log");
    }

    /** Where to read more, if that will still be there. */
    String logHint() {
        return isTemporary() ? "" : " (log: " + brokerLog() + ")";
    }

    boolean isTemporary() {
        return fate == Fate.TEMPORARY;
    }

    Path path() {
        return path;
    }

    /** Gives the folder free; a temporary one is removed. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + path + " could not be given free", e);
        }
        if (isTemporary()) {
            remove(path);
        }
    }

    /** Removes a folder and all that is in it. */
    static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder " + folder + " could not be removed", e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("tickhub-");
        } catch (IOException e) {
            throw unusable("no temporary folder can be made in " + System.getProperty("java.io.tmpdir") + " ("
                    + reason(e) + "); make room there or choose a folder with --data");
        }
    }

    private static ConfigurationException unusable(String sentence) {
        return new ConfigurationException(List.of(sentence));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is not a folder";
        }
        return e instanceof FileSystemException other && other.getReason() == null
                ? other.getFile() + " cannot be made"
                : e.getMessage();
    }
}
