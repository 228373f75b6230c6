package io.tickhub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser with nobody before it: Debian's Chromium, driven by its own driver. */
final class Browser implements AutoCloseable {

    private static final List<Path> FOLDERS = Stream.of(
                    "/usr/bin", "/usr/local/bin", "/usr/lib/chromium", "/opt/google/chrome")
            .map(Path::of)
            .toList();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Why no browser can be had here; empty if one can. */
    static Optional<String> absence() {
        return program("chromedriver").isPresent()
                        && program("chromium", "google-chrome", "chrome").isPresent()
                ? Optional.empty()
                : Optional.of(
                        "no chromium with chromedriver is installed here (apt-get install chromium chromium-driver)");
    }

    static Browser open() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium", "google-chrome", "chrome")
                        .orElseThrow()
                        .toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--hide-scrollbars");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().implicitlyWait(Duration.ZERO);
        // The page alone, whatever a window has around it.
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1_440, "height", 810, "deviceScaleFactor", 1, "mobile", false));
        return new Browser(driver);
    }

    void go(String address) {
        driver.get(address);
    }

    /** What a script in the page gives; {@code arguments} is its parameters. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** The text of an element, or nothing where there is none. */
    String text(String css) {
        return String.valueOf(run("return document.querySelector(arguments[0])?.textContent ?? ''", css));
    }

    /** The text of a cell in the row of a symbol. */
    String cell(String symbol, String column) {
        return String.valueOf(run(
                "return [...document.querySelectorAll('#rows tr')].find(row => row.dataset.symbol === arguments[0])"
                        + "?.querySelector('.c-' + arguments[1]).textContent ?? ''",
                symbol,
                column));
    }

    /** Clicks on a part of the row of a symbol. */
    void click(String symbol, String part) {
        run(
                "[...document.querySelectorAll('#rows tr')].find(row => row.dataset.symbol === arguments[0])"
                        + ".querySelector(arguments[1]).click()",
                symbol,
                part);
    }

    /** How many the chart shows. */
    long candles() {
        return Long.parseLong(String.valueOf(run("return document.getElementById('chart').dataset.candles ?? '0'")));
    }

    /** Light or dark, as the system would say. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void shoot(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the page complained of: errors of scripts, and of the content policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Optional<Path> program(String... names) {
        return Stream.of(names)
                .flatMap(name -> FOLDERS.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
