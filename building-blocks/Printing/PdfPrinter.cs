using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gengdu.Printing;

/// <summary>
/// A few prints at once, a few more waiting, the others told when to come back: however many documents are asked for, saving and
/// signing keep their cores. A machine that cannot print is still ready for everything else.
/// </summary>
public sealed partial class PdfPrinter(Chromium chromium, IOptions<PrintingOptions> options, ILogger<PdfPrinter> logger) : IHealthCheck, IDisposable
{
    private static readonly string[] FontFolders = ["/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf/fonts"];
    private static readonly string[] ChineseFonts = ["cjk", "notosanssc", "notoserifsc", "sourcehan", "wqy", "uming", "ukai", "fandol", "droidsansfallback", "simsun", "simhei", "msyh", "pingfang", "hanamin"];
    private readonly SemaphoreSlim _turns = new(options.Value.AtOnce);
    private volatile bool _fontSeen;
    private int _inside;

    /// <returns>The document, or why there is none.</returns>
    public async Task<(byte[]? Pdf, PrintFault? Fault)> PrintAsync(string html, CancellationToken cancellationToken)
    {
        if (Missing() is { } missing)
        {
            return (null, missing);
        }

        if (Interlocked.Increment(ref _inside) > options.Value.AtOnce + options.Value.Queue)
        {
            Interlocked.Decrement(ref _inside);
            return (null, PrintFault.Busy);
        }

        try
        {
            if (!await _turns.WaitAsync(TimeSpan.FromSeconds(options.Value.WaitSeconds), cancellationToken))
            {
                return (null, PrintFault.Busy);
            }

            try
            {
                return await PrintInTimeAsync(html, cancellationToken);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Missing() is { } missing ? HealthCheckResult.Degraded(missing == PrintFault.NoBrowser ? "No PDF files: there is no Chromium" : "No PDF files: there is no Chinese font (such as fonts-noto-cjk)") : HealthCheckResult.Healthy());

    public void Dispose() => _turns.Dispose();

    private async Task<(byte[]? Pdf, PrintFault? Fault)> PrintInTimeAsync(string html, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(TimeSpan.FromSeconds(options.Value.Seconds));
        try
        {
            return (await chromium.PrintAsync(html, time.Token), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TookTooLong(logger, options.Value.Seconds, html.Length);
            return (null, PrintFault.Failed);
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            Log.Failed(logger, fault);
            return (null, PrintFault.Failed);
        }
    }

    private PrintFault? Missing() => chromium.Program is null ? PrintFault.NoBrowser : HasChineseFont() ? null : PrintFault.NoChineseFont;

    // Looked for until there is one: it may be installed while we run.
    private bool HasChineseFont() => _fontSeen || (_fontSeen = !OperatingSystem.IsLinux() || (options.Value.FontFolders ?? FontFolders) is var folders
        && (folders.Count == 0 || folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.?t?", SearchOption.AllDirectories))
            .Any(file => Path.GetFileName(file).Replace("-", "", StringComparison.Ordinal) is var name && ChineseFonts.Any(font => name.Contains(font, StringComparison.OrdinalIgnoreCase)))));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A document of {Length} signs was not printed within {Seconds} s; the browser was ended")]
        public static partial void TookTooLong(ILogger logger, int seconds, int length);

        [LoggerMessage(2, LogLevel.Error, "A document was not printed")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
