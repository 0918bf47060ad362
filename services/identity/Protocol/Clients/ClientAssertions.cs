using Gengdu.Identity.Protocol.Replays;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>private_key_jwt (RFC 7523): a client signs who it is, for us alone, for minutes, once.</summary>
internal sealed partial class ClientAssertions(
    ClientRegistry clients, ClientKeys keys, SeenIdentifiers seen, IOptions<ProtocolOptions> options, TimeProvider clock, ILogger<ClientAssertions> logger)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int Longest = 4000;
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Reader = new() { MapInboundClaims = false };

    /// <summary>The client that signed, or null. A good assertion is used up.</summary>
    public async Task<Client?> ReadAsync(string assertion, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (assertion.Length > Longest || Jwt.Read(assertion) is not { } jwt || !IsForUs(jwt, now) || clients.Find(jwt.Text("iss")) is not { UsesKeys: true } client)
        {
            return null;
        }

        var candidates = (await keys.ForAsync(client, jwt.KeyId, cancellationToken)).Where(key => key.Alg is null || key.Alg == jwt.Algorithm);
        var result = await Reader.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidAlgorithms = ClientKeySet.Algorithms,
            IssuerSigningKeys = candidates,
            TryAllIssuerSigningKeys = true,
            // Judged above, by our clock and to the letter: the library takes an audience list with ours in it.
            ValidateAudience = false,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        var until = DateTimeOffset.FromUnixTimeSeconds(jwt.Number("exp")!.Value) + Skew;
        if (!result.IsValid)
        {
            return null;
        }

        if (await seen.FirstTimeAsync("assertion", $"{client.Id} {jwt.Text("jti")}", until, cancellationToken))
        {
            return client;
        }

        Log.Replayed(logger, client.Id);
        return null;
    }

    private bool IsForUs(Jwt jwt, DateTimeOffset now) =>
        ClientKeySet.Algorithms.Contains(jwt.Algorithm) && jwt.Type is null or "JWT" or "client-authentication+jwt" && !jwt.IsCritical
        && jwt.Text("iss") is { } issuer && jwt.Text("sub") == issuer
        && jwt.Text("aud") == options.Value.Issuer
        && jwt.Text("jti") is { Length: > 0 and <= 200 }
        && jwt.Time("exp") is { } expires && expires > now - Skew && expires <= now + LongestLife
        && IsPast(jwt, "iat", now) && IsPast(jwt, "nbf", now);

    private static bool IsPast(Jwt jwt, string claim, DateTimeOffset now) => !jwt.Has(claim) || (jwt.Time(claim) is { } time && time <= now + Skew);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An assertion of client {ClientId} came twice and was refused")]
        public static partial void Replayed(ILogger logger, string clientId);
    }
}
