using System.Globalization;
using System.Text;
using System.Text.Json;
using Gengdu.Organisations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Gengdu.LivePages;

/// <summary>What a look gave.</summary>
/// <param name="Number">What the page has been told then; it says so when it comes back.</param>
/// <param name="Bytes">An event of <see cref="OpenPage.Event"/>; null when nothing is new.</param>
/// <param name="Wait">Until the next look.</param>
public readonly record struct PageTurn(long Number, byte[]? Bytes, TimeSpan Wait);

/// <summary>
/// Server-sent events to one open page: looks again and again and tells what is new, "stale" while the database does not answer. It ends
/// with the right, the sign-in, after its time, or when the look says so, with "over"; the page opens it again, and what it may see is
/// decided anew.
/// </summary>
public static class OpenPage
{
    private static readonly byte[] Hello = "retry: 3000\n\n"u8.ToArray();
    private static readonly byte[] Stale = "event: stale\ndata: {}\n\n"u8.ToArray();
    private static readonly byte[] Over = "event: over\ndata: {}\n\n"u8.ToArray();

    /// <summary>Nothing is new: a page that says how old it is learns that the way to it still stands.</summary>
    public static byte[] Still { get; } = "event: still\ndata: {}\n\n"u8.ToArray();

    /// <summary>One event as it goes over the wire; the same for all who look at the same.</summary>
    public static byte[] Event(long number, string name, object news, JsonSerializerOptions json)
    {
        ArgumentNullException.ThrowIfNull(news);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {number}\nevent: {name}\ndata: {JsonSerializer.Serialize(news, news.GetType(), json)}\n\n"));
    }

    /// <summary>Answers the request to its end. A seat is taken before and left after it by the caller.</summary>
    /// <param name="http">The request.</param>
    /// <param name="longest">Then the page has to ask anew.</param>
    /// <param name="restAfterFault">Until the next look when one failed.</param>
    /// <param name="may">Whether the rights of this moment suffice.</param>
    /// <param name="look">Is given what the page was told last; null ends the stream.</param>
    public static async Task ServeAsync(
        HttpContext http, TimeSpan longest, TimeSpan restAfterFault, Func<Caller, bool> may, Func<long, CancellationToken, Task<PageTurn?>> look)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(may);
        ArgumentNullException.ThrowIfNull(look);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await SendAsync(http, longest, restAfterFault, may, look, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the service stops: nothing is owed to anybody.
        }
    }

    private static async Task SendAsync(
        HttpContext http, TimeSpan longest, TimeSpan restAfterFault, Func<Caller, bool> may, Func<long, CancellationToken, Task<PageTurn?>> look, CancellationToken cancellationToken)
    {
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        _ = long.TryParse(http.Request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var last);
        var until = clock.GetUtcNow() + longest;
        await WriteAsync(Hello);
        while (clock.GetUtcNow() < until && await StillMayAsync(http, may, cancellationToken))
        {
            var wait = restAfterFault;
            try
            {
                if (await look(last, cancellationToken) is not { } turn)
                {
                    break;
                }

                if (turn.Bytes is { } news)
                {
                    await WriteAsync(news);
                }

                (last, wait) = (turn.Number, turn.Wait);
            }
            catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                await WriteAsync(Stale);
            }

            await Task.Delay(wait, clock, cancellationToken);
        }

        await WriteAsync(Over);

        async Task WriteAsync(byte[] bytes)
        {
            await http.Response.Body.WriteAsync(bytes, cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Rights and sign-in of this moment: the request began with those of then.</summary>
    private static async Task<bool> StillMayAsync(HttpContext http, Func<Caller, bool> may, CancellationToken cancellationToken)
    {
        var (services, user) = (http.RequestServices, http.User);
        return !services.GetRequiredService<EndedSignIns>().Contains(user.FindFirst("sid")?.Value, user.FindFirst("jti")?.Value)
            && Guid.TryParse(user.FindFirst("sub")?.Value, out var person)
            && may(await services.GetRequiredService<AccessCache>().CallerAsync(person, cancellationToken));
    }
}
