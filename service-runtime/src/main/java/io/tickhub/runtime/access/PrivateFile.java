package io.tickhub.runtime.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Properties files that only their owner may read: mode 0600 where there are modes, from the first byte on. No state. */
public final class PrivateFile {

    private PrivateFile() {}

    /**
     * Writes a properties file, in place of one that is there.
     *
     * @param comment the first lines
     * @throws IOException if that cannot be done; then nothing has changed
     */
    public static void write(Path file, List<String> comment, Map<String, String> properties) throws IOException {
        List<String> lines = new ArrayList<>();
        comment.forEach(line -> lines.add("# " + line));
        properties.forEach((name, value) -> lines.add(name + "=" + escaped(value)));
        Path target = file.toAbsolutePath();
        Path draft = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, mode(target));
        try {
            Files.write(draft, lines, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Properties files are read as ISO-8859-1, and backslashes begin escapes in them. */
    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each < ' ' || each > '~') {
                text.append("\\u%04x".formatted((int) each));
            } else {
                text.append(each == '\\' ? "\\\\" : String.valueOf(each));
            }
        }
        return text.toString();
    }

    private static FileAttribute<?>[] mode(Path file) throws IOException {
        boolean hasModes = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        return hasModes
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
