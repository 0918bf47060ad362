using System.Globalization;

namespace Gengdu.Benchmarks.Setup;

/// <summary>Dashboards that people hold open, as a browser does: a stream of events each, through the gateway.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _pages = [];
    private readonly HttpClient _client;
    private int _opened;
    private int _broken;
    private int _told;
    private int _whole;

    private OpenPages(Uri address) =>
        _client = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Events that all pages together were sent.</summary>
    public int Told => Volatile.Read(ref _told);

    /// <summary>Pages whose place has handed in everything, as they were told.</summary>
    public int Whole => Volatile.Read(ref _whole);

    public int Broken => Volatile.Read(ref _broken);

    /// <summary>Opens so many, and waits until each was told the figures of its place once.</summary>
    public static async Task<OpenPages> OpenAsync(Uri address, Guid cycleId, int count, IReadOnlyList<Watcher> watchers, CancellationToken cancellationToken)
    {
        var pages = new OpenPages(address);
        for (var n = 0; n < count; n++)
        {
            pages._pages.Add(pages.HoldAsync(cycleId, watchers[n % watchers.Count]));
        }

        for (var waited = 0; Volatile.Read(ref pages._opened) < count && pages.Broken == 0 && waited < 600; waited++)
        {
            await Task.Delay(100, cancellationToken);
        }

        return pages._opened == count ? pages : throw new InvalidOperationException($"{pages._opened} of {count} pages were opened, {pages.Broken} broke off");
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_pages);
        _client.Dispose();
        _closing.Dispose();
    }

    private async Task HoldAsync(Guid cycleId, Watcher watcher)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/analytics/dashboards/nodes/{watcher.Place}/stream?cycleId={cycleId}");
        request.Headers.TryAddWithoutValidation("Cookie", watcher.Session.CookieHeader);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _closing.Token);
            response.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(_closing.Token));
            var (opened, whole) = (false, false);
            while (await reader.ReadLineAsync(_closing.Token) is { } line)
            {
                if (!line.StartsWith("data: {\"", StringComparison.Ordinal))
                {
                    continue;
                }

                Interlocked.Increment(ref _told);
                if (!opened)
                {
                    opened = true;
                    Interlocked.Increment(ref _opened);
                }

                if (!whole && IsWhole(line))
                {
                    whole = true;
                    Interlocked.Increment(ref _whole);
                }
            }

            Interlocked.Increment(ref _broken);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Closed as the last thing.
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            Interlocked.Increment(ref _broken);
        }
    }

    // One module of every school is handed in in a round: each school counts one. Read without a parser, which would cost more than the pages.
    private static bool IsWhole(string line)
    {
        var at = line.IndexOf("\"completeness\":{", StringComparison.Ordinal);
        return at >= 0 && Number(line, at, "\"schools\":") is { } schools && Number(line, at, "\"submitted\":") == schools;
    }

    private static int? Number(string line, int from, string name)
    {
        var at = line.IndexOf(name, from, StringComparison.Ordinal);
        var end = at < 0 ? -1 : line.IndexOfAny([',', '}'], at);
        return end > 0 && int.TryParse(line.AsSpan(at + name.Length, end - at - name.Length), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
