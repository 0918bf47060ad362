using System.Net;
using System.Net.Sockets;
using Gengdu.Printing;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.Tests.Printing;

/// <summary>The browser itself, with pages worse than ours can be.</summary>
public sealed class ChromiumTests
{
    /// <summary>Even a page that got past the encoding loads nothing: no name is known and no address leads anywhere, loopback included.</summary>
    [Fact]
    public async Task Print_PageThatTriesToLoadSomething_ReachesNobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (ip, name) = ($"http://127.0.0.1:{port}", $"http://localhost:{port}");
        var pdf = await Browser().PrintAsync($"""
            <!DOCTYPE html><html><head><link rel="stylesheet" href="{ip}/a.css"><link rel="preconnect" href="{ip}"><link rel="dns-prefetch" href="//localhost">
            <style>@import "{name}/b.css"; body {"{"} background: url({ip}/c.png) {"}"}</style></head><body>甲<img src="{ip}/d.png"><iframe src="{name}/e"></iframe><object data="{ip}/f"></object>
            <script src="{ip}/g.js"></script><script>fetch("{ip}/h"); new Image().src = "{name}/i"; new WebSocket("ws://127.0.0.1:{port}/j"); navigator.sendBeacon("{ip}/k")</script></body></html>
            """, TestContext.Current.CancellationToken);
        Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8));
        Assert.False(listener.Pending(), "the page reached the network");
    }

    [Fact]
    public async Task Print_GivenUp_LeavesNoFile()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        var before = Folders();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Browser().PrintAsync("<script>while(true);</script>", hurry.Token));
        Assert.DoesNotContain(Folders().Except(before), folder => File.Exists(Path.Combine(folder, "page.html")) && File.ReadAllText(Path.Combine(folder, "page.html")).Contains("while", StringComparison.Ordinal));
    }

    [Fact]
    public void Program_ThatIsNotThere_IsNone() => Assert.Null(new Chromium(Options.Create(new PrintingOptions { Chromium = "/nowhere/chromium" })).Program);

    private static Chromium Browser() => new(Options.Create(new PrintingOptions { Chromium = Environment.GetEnvironmentVariable("GENGDU_CHROMIUM") }));

    private static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "gengdu-print-*");
}
