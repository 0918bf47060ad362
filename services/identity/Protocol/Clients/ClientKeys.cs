using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>
/// The keys of a client, fetched where its configuration says and kept. A key nobody knows makes us ask again once a
/// minute at most: made-up key ids must not turn us against the client's server.
/// </summary>
internal sealed partial class ClientKeys(IHttpClientFactory http, TimeProvider clock, ILogger<ClientKeys> logger)
{
    public const string HttpClientName = "client-keys";
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(1);

    /// <summary>Until the first answer: both sides start at the same time, and the client may come up second.</summary>
    private static readonly TimeSpan BetweenFirstFetches = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Uri, Source> _sources = new();

    /// <summary>The keys a signature may be by: the one of that id, or all when none is named.</summary>
    public async ValueTask<IReadOnlyList<JsonWebKey>> ForAsync(Client client, string? keyId, CancellationToken cancellationToken)
    {
        if (client.JwksAddress is not { } address)
        {
            return Matching(client.Keys, keyId);
        }

        var source = _sources.GetOrAdd(address, _ => new());
        await source.One.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            var known = Matching(source.Keys, keyId);
            var wait = source.Keys.Count == 0 ? BetweenFirstFetches : known.Count == 0 ? BetweenFetches : Fresh;
            if (source.AskedAt + wait > now)
            {
                return known;
            }

            source.AskedAt = now;
            if (await FetchAsync(client, address, cancellationToken) is { } keys)
            {
                source.Keys = keys;
            }

            return Matching(source.Keys, keyId);
        }
        finally
        {
            source.One.Release();
        }
    }

    private static IReadOnlyList<JsonWebKey> Matching(IReadOnlyList<JsonWebKey> keys, string? keyId) => keyId is null ? keys : [.. keys.Where(key => key.Kid == keyId)];

    private async Task<IReadOnlyList<JsonWebKey>?> FetchAsync(Client client, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var caller = http.CreateClient(HttpClientName);
            var (keys, fault) = ClientKeySet.Read(await caller.GetStringAsync(address, cancellationToken));
            if (fault is null)
            {
                return keys;
            }

            Log.Unusable(logger, client.Id, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.Unreachable(logger, client.Id, address, fault.Message);
        }

        return null;
    }

    private sealed class Source
    {
        public SemaphoreSlim One { get; } = new(1);

        public IReadOnlyList<JsonWebKey> Keys { get; set; } = [];

        public DateTimeOffset AskedAt { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The keys of client {ClientId} at {Address} were not fetched: {Reason}")]
        public static partial void Unreachable(ILogger logger, string clientId, Uri address, string reason);

        [LoggerMessage(2, LogLevel.Error, "The key set of client {ClientId} is not used, it {Fault}")]
        public static partial void Unusable(ILogger logger, string clientId, string fault);
    }
}
