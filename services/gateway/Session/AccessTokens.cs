using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Gengdu.Gateway.Session;

/// <summary>An access token per session and audience, fetched with the session's refresh token when the last one runs out.</summary>
internal sealed partial class AccessTokens(
    SessionStore sessions, IOptionsMonitor<OpenIdConnectOptions> options, TimeProvider clock, ILogger<AccessTokens> logger)
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    /// <summary>The token, or null when the session is over and the person must sign in again.</summary>
    /// <exception cref="HttpRequestException">Identity does not answer; the session is not over.</exception>
    public async ValueTask<string?> ForAsync(LiveSession session, string audience, CancellationToken cancellationToken)
    {
        if (Hot(session, audience) is { } hot)
        {
            return hot;
        }

        await session.Refreshing.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled with the request: a refresh token that was used up must be replaced by its successor.
            return Hot(session, audience) ?? await RefreshAsync(session, audience, CancellationToken.None);
        }
        finally
        {
            session.Refreshing.Release();
        }
    }

    /// <summary>Ends the refresh family at identity; a failure only leaves it to run out.</summary>
    public async Task RevokeAsync(LiveSession session, CancellationToken cancellationToken)
    {
        var oidc = options.Get(SessionExtensions.Identity);
        try
        {
            var metadata = await oidc.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            if (metadata.AdditionalData.TryGetValue("revocation_endpoint", out var endpoint))
            {
                using var answer = await SendAsync(oidc, endpoint.ToString()!, new() { ["token"] = session.RefreshToken }, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or IOException)
        {
            Log.NotRevoked(logger, fault.GetType().Name);
        }
    }

    private string? Hot(LiveSession session, string audience) =>
        session.AccessTokens.TryGetValue(audience, out var token) && token.Until > clock.GetUtcNow() ? token.Token : null;

    private async Task<string?> RefreshAsync(LiveSession session, string audience, CancellationToken cancellationToken)
    {
        var oidc = options.Get(SessionExtensions.Identity);
        OpenIdConnectConfiguration metadata;
        try
        {
            metadata = await oidc.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException fault)
        {
            throw new HttpRequestException("identity's discovery document cannot be read", fault);
        }

        for (var attempt = 0; ; attempt++)
        {
            using var answer = await SendAsync(oidc, metadata.TokenEndpoint,
                new() { ["grant_type"] = "refresh_token", ["refresh_token"] = session.RefreshToken, ["resource"] = audience }, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return await KeepAsync(session, audience, await answer.Content.ReadAsStringAsync(cancellationToken), cancellationToken);
            }

            if (answer.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized))
            {
                throw new HttpRequestException($"identity answered {(int)answer.StatusCode} to a refresh");
            }

            // Another replica may have used this token a moment ago and stored its successor.
            var stored = await sessions.StoredRefreshTokenAsync(session.Key, cancellationToken);
            if (attempt == 0 && stored is not null && stored != session.RefreshToken)
            {
                session.RefreshToken = stored;
                continue;
            }

            Log.SessionOver(logger, (int)answer.StatusCode);
            await sessions.RemoveAsync(session.Key);
            return null;
        }
    }

    private async Task<string> KeepAsync(LiveSession session, string audience, string body, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(body);
        var token = json.RootElement.GetProperty("access_token").GetString()!;
        var lifetime = TimeSpan.FromSeconds(json.RootElement.TryGetProperty("expires_in", out var seconds) ? seconds.GetInt32() : 60);
        if (json.RootElement.TryGetProperty("refresh_token", out var next))
        {
            await sessions.KeepRefreshTokenAsync(session, next.GetString()!, cancellationToken);
        }

        session.AccessTokens[audience] = (token, clock.GetUtcNow() + lifetime - Early);
        return token;
    }

    private static async Task<HttpResponseMessage> SendAsync(OpenIdConnectOptions oidc, string endpoint, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        form["client_id"] = oidc.ClientId!;
        form["client_secret"] = oidc.ClientSecret!;
        using var content = new FormUrlEncodedContent(form);
        return await oidc.Backchannel.PostAsync(endpoint, content, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A session ended: identity refused its refresh with {Status}")]
        public static partial void SessionOver(ILogger logger, int status);

        [LoggerMessage(2, LogLevel.Warning, "A refresh token could not be revoked at sign-out ({Fault}); it runs out by itself")]
        public static partial void NotRevoked(ILogger logger, string fault);
    }
}
