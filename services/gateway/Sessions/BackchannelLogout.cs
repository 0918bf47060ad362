using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Gateway.Sessions;

/// <summary>
/// /bff/backchannel-logout (OpenID Connect Back-Channel Logout 1.0): the provider says that a sign-in has ended, and with it
/// end the browser sessions that came of it, at every replica. Anybody may call; what counts is the signed token.
/// </summary>
internal static class BackchannelLogout
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int LongestToken = 8000;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OldestToken = TimeSpan.FromMinutes(15);
    private static readonly JsonWebTokenHandler Reader = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };

    public static async Task<Results<Ok, ProblemHttpResult>> HandleAsync(
        HttpContext http, Provider provider, GatewayOptions options, SessionTable table, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var logout = await TokenAsync(http.Request, cancellationToken) is { } token ? await ReadAsync(token, provider, options, clock.GetUtcNow(), cancellationToken) : null;
            return logout is not null && await table.ObeyAsync(logout, cancellationToken) ? TypedResults.Ok() : GatewayProblems.LogoutRefused.ToHttpResult();
        }
        catch (Exception fault) when (ProviderClient.IsUnreachable(fault) && !http.RequestAborted.IsCancellationRequested)
        {
            return GatewayProblems.UpstreamDown.ToHttpResult();
        }
    }

    private static async Task<string?> TokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType || request.ContentLength > LongestToken * 2 || request.QueryString.HasValue)
        {
            return null;
        }

        var form = await request.ReadFormAsync(cancellationToken);
        return form.TryGetValue("logout_token", out var values) && values is [{ Length: > 0 and <= LongestToken } token] ? token : null;
    }

    private static async Task<ObeyedLogout?> ReadAsync(string token, Provider provider, GatewayOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = await provider.DiscoverAsync(cancellationToken);
        var rules = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer, ValidAudience = options.ClientId, ValidTypes = ["logout+jwt"], ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = document.SigningKeys, RequireExpirationTime = true, RequireSignedTokens = true, TryAllIssuerSigningKeys = false,
            LifetimeValidator = (notBefore, expires, _, _) => expires > now - Skew && (notBefore is null || notBefore < now + Skew),
        };
        var result = await Reader.ValidateTokenAsync(token, rules);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // A new key perhaps; the document is fetched again once a minute at most, however many tokens name keys of nobody.
            rules.IssuerSigningKeys = await provider.NewerKeysAsync(document, cancellationToken);
            result = await Reader.ValidateTokenAsync(token, rules);
        }

        return result is { IsValid: true, SecurityToken: JsonWebToken valid } ? Obeyed(valid, now) : null;
    }

    private static ObeyedLogout? Obeyed(JsonWebToken token, DateTimeOffset now)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        var claims = payload.RootElement;
        var (id, signIn) = (Text(claims, "jti"), Text(claims, "sid"));
        Guid? person = Guid.TryParse(Text(claims, "sub"), out var known) ? known : null;
        var issuedAt = new DateTimeOffset(token.IssuedAt, TimeSpan.Zero);
        var isLogout = claims.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Object
            && events.TryGetProperty(Event, out var ours) && ours.ValueKind == JsonValueKind.Object;
        // With a nonce it could be an id token in disguise.
        if (!isLogout || id is null || signIn is null && person is null || claims.TryGetProperty("nonce", out _)
            || token.Audiences.Count() != 1 || issuedAt > now + Skew || issuedAt < now - OldestToken)
        {
            return null;
        }

        return new()
        {
            TokenHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id))), SignInId = signIn, PersonId = person,
            IssuedAt = issuedAt, KeptUntil = now + OldestToken + OldestToken,
        };
    }

    private static string? Text(JsonElement claims, string claim) =>
        claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 500 } text ? text : null;
}
