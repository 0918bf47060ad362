using Gengdu.Printing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.Tests.Printing;

/// <summary>Turns, time limit and what is missing, with programs in the browser's place.</summary>
public sealed class PdfPrinterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gengdu-printer-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Print_MoreThanMayWait_AreToldToComeBack_TheOthersGetTheirs()
    {
        using var printer = Printer(new() { AtOnce = 1, Queue = 2, Chromium = Program("sleep 0.3; for a; do case $a in --print-to-pdf=*) printf '%%PDF-1.4' > \"${a#*=}\";; esac; done") });
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => printer.PrintAsync("<p>", TestContext.Current.CancellationToken)));
        Assert.Equal(3, answers.Count(answer => answer.Pdf is not null));
        Assert.All(answers.Where(answer => answer.Pdf is null), answer => Assert.Equal(PrintFault.Busy, answer.Fault));
        Assert.NotNull((await printer.PrintAsync("<p>", TestContext.Current.CancellationToken)).Pdf);
    }

    /// <summary>A browser that hangs is ended with its children, and the next one has its turn.</summary>
    [Fact]
    public async Task Print_ThatHangs_IsEndedWithItsChildren()
    {
        var mark = Path.Combine(_folder.FullName, "child");
        using var printer = Printer(new() { Seconds = 3, Chromium = Program($"sh -c 'echo $$ > {mark}; sleep 600' & wait") });
        var (pdf, fault) = await printer.PrintAsync("<p>", TestContext.Current.CancellationToken);
        Assert.Equal((null, PrintFault.Failed), (pdf, fault));
        var child = int.Parse(await File.ReadAllTextAsync(mark, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        for (var wait = 0; wait < 50 && IsAlive(child); wait++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.False(IsAlive(child), "the browser's child still runs");
        Assert.Equal(PrintFault.Failed, (await printer.PrintAsync("<p>", TestContext.Current.CancellationToken)).Fault);
    }

    [Fact]
    public async Task Print_ThatFails_OrMakesNoPdf_IsAProblem()
    {
        foreach (var script in new[] { "exit 3", "for a; do case $a in --print-to-pdf=*) echo html > \"${a#*=}\";; esac; done" })
        {
            using var printer = Printer(new() { Chromium = Program(script) });
            Assert.Equal(PrintFault.Failed, (await printer.PrintAsync("<p>", TestContext.Current.CancellationToken)).Fault);
        }
    }

    /// <summary>The browser gets nothing of our environment, where the passwords stand.</summary>
    [Fact]
    public async Task Print_TellsTheBrowserNothingOfOurEnvironment()
    {
        var seen = Path.Combine(_folder.FullName, "env");
        using var printer = Printer(new() { Chromium = Program($"env > {seen}; exit 1") });
        await printer.PrintAsync("<p>", TestContext.Current.CancellationToken);
        var names = (await File.ReadAllLinesAsync(seen, TestContext.Current.CancellationToken)).Select(line => line.Split('=')[0]).Except(["PWD", "SHLVL", "_", "OLDPWD"]).Order(StringComparer.Ordinal);
        Assert.Equal(["HOME", "LANG", "PATH", "TMPDIR", "TZ"], names);
    }

    [Fact]
    public async Task WithoutBrowserOrChineseFont_IsAClearProblem_AndTheServiceIsStillReady()
    {
        using var noBrowser = Printer(new() { Chromium = "/nowhere/chromium" });
        Assert.Equal(PrintFault.NoBrowser, (await noBrowser.PrintAsync("<p>", TestContext.Current.CancellationToken)).Fault);
        var health = await noBrowser.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Degraded, true), (health.Status, health.Description!.Contains("Chromium", StringComparison.Ordinal)));

        var fonts = _folder.CreateSubdirectory("fonts").FullName;
        using var noFont = Printer(new() { Chromium = Program("exit 1"), FontFolders = [fonts] });
        Assert.Equal(PrintFault.NoChineseFont, (await noFont.PrintAsync("<p>", TestContext.Current.CancellationToken)).Fault);
        await File.WriteAllTextAsync(Path.Combine(fonts, "NotoSansCJK-Regular.ttc"), "", TestContext.Current.CancellationToken);
        Assert.Equal(PrintFault.Failed, (await noFont.PrintAsync("<p>", TestContext.Current.CancellationToken)).Fault);
    }

    private static bool IsAlive(int process) => File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static PdfPrinter Printer(PrintingOptions options)
    {
        var settings = Options.Create(options with { FontFolders = options.FontFolders ?? [] });
        return new(new Chromium(settings), settings, NullLogger<PdfPrinter>.Instance);
    }

    private string Program(string script)
    {
        var file = Path.Combine(_folder.FullName, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"));
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return file;
    }
}
