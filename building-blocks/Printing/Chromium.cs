using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Gengdu.Printing;

/// <summary>
/// One print by one browser of its own: an empty profile, no network (every name is unknown, and every address, loopback too,
/// leads to a proxy that is not there), nothing of our environment, and no process left afterwards.
/// </summary>
public sealed class Chromium(IOptions<PrintingOptions> options)
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The program, or null when there is none.</summary>
    public string? Program => options.Value.Chromium is { Length: > 0 } named
        ? File.Exists(named) ? named : null
        : Names.SelectMany(name => Folders().Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <exception cref="InvalidOperationException">It ended without a document.</exception>
    public async Task<byte[]> PrintAsync(string html, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("gengdu-print-");
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, cancellationToken);
            using var browser = new Process { StartInfo = StartOf(Program ?? throw new InvalidOperationException("There is no Chromium"), folder.FullName, page, pdf) };
            Start(browser);
            try
            {
                // What it says is of no use, but a full pipe would stop it.
                var said = Task.WhenAll(browser.StandardOutput.ReadToEndAsync(cancellationToken), browser.StandardError.ReadToEndAsync(cancellationToken));
                await browser.WaitForExitAsync(cancellationToken);
                await said;
            }
            finally
            {
                End(browser);
            }

            var made = File.Exists(pdf) ? await File.ReadAllBytesAsync(pdf, cancellationToken) : [];
            return made.AsSpan().StartsWith("%PDF-"u8) ? made : throw new InvalidOperationException($"Chromium ended with code {browser.ExitCode} and made no document");
        }
        finally
        {
            Remove(folder);
        }
    }

    private ProcessStartInfo StartOf(string program, string folder, string page, string pdf)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        string[] quiet =
        [
            "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
            "--disable-sync", "--disable-quic", "--no-first-run", "--no-pings", "--mute-audio", "--disable-crash-reporter", "--disable-breakpad",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
        ];
        foreach (var argument in quiet)
        {
            start.ArgumentList.Add(argument);
        }

        if (!(options.Value.Sandbox ?? !Environment.IsPrivilegedProcess))
        {
            start.ArgumentList.Add("--no-sandbox");
        }

        start.ArgumentList.Add($"--user-data-dir={Path.Combine(folder, "profile")}");
        start.ArgumentList.Add("--no-pdf-header-footer");
        start.ArgumentList.Add($"--print-to-pdf={pdf}");
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);

        // Passwords of the database and the broker stand in our environment.
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        (start.Environment["PATH"], start.Environment["HOME"], start.Environment["TMPDIR"], start.Environment["TZ"], start.Environment["LANG"]) = (path, folder, folder, "Asia/Shanghai", "C.UTF-8");
        return start;
    }

    private static void Start(Process browser)
    {
        browser.Start();
        try
        {
            // Schools save and sign on the same cores.
            browser.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or PlatformNotSupportedException)
        {
            // It may have ended already; it is a matter of courtesy only.
        }
    }

    private static void End(Process browser)
    {
        try
        {
            browser.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It has ended, as it should.
        }

        browser.WaitForExit(TimeSpan.FromSeconds(5));
    }

    // A process that is just ending may still write into its profile; what is left then goes with the machine's temporary files.
    private static void Remove(DirectoryInfo folder)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(50 * attempt);
            }
        }
    }

    private static string[] Folders() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
}
