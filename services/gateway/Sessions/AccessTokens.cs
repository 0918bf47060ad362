using System.Net;
using System.Text.Json;

namespace Gengdu.Gateway.Sessions;

internal enum TokenState
{
    Ready,
    SessionOver,
    ProviderDown,
}

/// <summary>Access tokens of a session, one per service, fetched when first needed and renewed half a minute before they expire.</summary>
internal sealed partial class AccessTokens(SessionStore sessions, Provider provider, GatewayOptions options, IHttpClientFactory clients, TimeProvider clock, ILogger<AccessTokens> logger)
{
    private static readonly TimeSpan RenewAhead = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public async ValueTask<(TokenState State, string? Token)> ForAsync(Session session, string audience, CancellationToken cancellationToken)
    {
        if (session.AccessToken(audience, clock.GetUtcNow()) is { } held)
        {
            return (TokenState.Ready, held);
        }

        await session.Refreshing.WaitAsync(cancellationToken);
        try
        {
            return session.AccessToken(audience, clock.GetUtcNow()) is { } meanwhile ? (TokenState.Ready, meanwhile) : await RenewAsync(session, audience);
        }
        finally
        {
            session.Refreshing.Release();
        }
    }

    /// <summary>Tells the provider that the grant is over; without an answer it dies of age.</summary>
    public async Task RevokeAsync(Session session)
    {
        try
        {
            var document = await provider.DiscoverAsync(CancellationToken.None);
            if (document.AdditionalData.TryGetValue("revocation_endpoint", out var address))
            {
                (await PostAsync(address.ToString()!, ("token", session.Tokens.RefreshToken))).Dispose();
            }
        }
        catch (Exception fault) when (IsUnreachable(fault))
        {
            Log.Unreachable(logger, fault.Message);
        }
    }

    // Not bound to the request: a refresh token that was used and whose successor was thrown away would end the session.
    private async Task<(TokenState State, string? Token)> RenewAsync(Session session, string audience)
    {
        try
        {
            var address = (await provider.DiscoverAsync(CancellationToken.None)).TokenEndpoint;
            for (var attempt = 1; ; attempt++)
            {
                var used = session.Tokens;
                using var response = await PostAsync(address, ("grant_type", "refresh_token"), ("refresh_token", used.RefreshToken), ("resource", audience));
                if (response.IsSuccessStatusCode)
                {
                    return (TokenState.Ready, await TakeAsync(session, audience, response));
                }

                if (response.StatusCode != HttpStatusCode.BadRequest)
                {
                    Log.Refused(logger, (int)response.StatusCode);
                    return (TokenState.ProviderDown, null);
                }

                // Another replica may have used the token first: its successor is in the store.
                var stored = await sessions.ReadTokensAsync(session, CancellationToken.None);
                if (attempt > 1 || stored is null || stored.RefreshToken == used.RefreshToken)
                {
                    await sessions.RemoveAsync(session, CancellationToken.None);
                    return (TokenState.SessionOver, null);
                }

                session.Tokens = stored;
            }
        }
        catch (Exception fault) when (IsUnreachable(fault))
        {
            Log.Unreachable(logger, fault.Message);
            return (TokenState.ProviderDown, null);
        }
    }

    private async Task<string> TakeAsync(Session session, string audience, HttpResponseMessage response)
    {
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        var token = answer.GetProperty("access_token").GetString()!;
        await sessions.KeepAsync(session, session.Tokens with { RefreshToken = answer.GetProperty("refresh_token").GetString()! });
        session.Hold(audience, token, clock.GetUtcNow() + TimeSpan.FromSeconds(answer.GetProperty("expires_in").GetInt32()) - RenewAhead);
        return token;
    }

    private async Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] form)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var content = new FormUrlEncodedContent(
            form.Append(("client_id", options.ClientId)).Append(("client_secret", options.ClientSecret)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await clients.CreateClient(Provider.HttpClientName).PostAsync(new Uri(address), content, patience.Token);
    }

    private static bool IsUnreachable(Exception fault) => fault is HttpRequestException or OperationCanceledException or IOException or InvalidOperationException;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "identity did not answer: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "identity refused the gateway with {Status}; is Identity:GatewayClientSecret the same at both?")]
        public static partial void Refused(ILogger logger, int status);
    }
}
