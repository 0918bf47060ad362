using System.Net;
using System.Text.Json;
using Npgsql;

namespace Gengdu.Gateway.Sessions;

internal enum TokenState
{
    Ready,
    SessionOver,
    ProviderDown,
}

/// <summary>
/// Access tokens of a session, one per service, fetched when first needed and renewed half a minute before they expire. A
/// refresh token is good for one use, so one request at a time, of one replica at a time, may use it.
/// </summary>
internal sealed partial class AccessTokens(SessionStore sessions, SessionTable table, ProviderClient provider, TimeProvider clock, ILogger<AccessTokens> logger)
{
    private static readonly TimeSpan RenewAhead = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

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

    // Not bound to the request: a refresh token that was used and whose successor was thrown away would end the session.
    private async Task<(TokenState State, string? Token)> RenewAsync(Session session, string audience)
    {
        try
        {
            for (var started = clock.GetTimestamp(); clock.GetElapsedTime(started) < Patience; await Task.Delay(BetweenLooks, clock))
            {
                if (await table.ClaimRefreshAsync(session.KeyHash) is { } ours)
                {
                    return await UseAsync(session, session.Unsaved ?? sessions.Unseal(ours), audience);
                }

                if (await table.ReadAsync(session.KeyHash, CancellationToken.None) is null)
                {
                    return (TokenState.SessionOver, null);
                }
            }

            return (TokenState.ProviderDown, null);
        }
        catch (Exception fault) when (ProviderClient.IsUnreachable(fault) || fault is NpgsqlException)
        {
            // Without our own table nothing is renewed: a successor that cannot be kept would be lost with this process.
            Log.Unreachable(logger, fault.Message);
            return (TokenState.ProviderDown, null);
        }
    }

    private async Task<(TokenState State, string? Token)> UseAsync(Session session, SessionTokens tokens, string audience)
    {
        SessionTokens? next = null;
        try
        {
            var address = (await provider.DiscoverAsync(CancellationToken.None)).TokenEndpoint;
            using var response = await provider.PostAsync(address, ("grant_type", "refresh_token"), ("refresh_token", tokens.RefreshToken), ("resource", audience));
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            if (response.IsSuccessStatusCode)
            {
                next = answer.TryGetProperty("refresh_token", out var successor) ? tokens with { RefreshToken = successor.GetString()! } : null;
                var token = answer.GetProperty("access_token").GetString()!;
                session.Hold(audience, token, clock.GetUtcNow() + TimeSpan.FromSeconds(answer.GetProperty("expires_in").GetInt32()) - RenewAhead);
                return (TokenState.Ready, token);
            }

            var error = answer.TryGetProperty("error", out var name) ? name.GetString() : null;
            if (response.StatusCode == HttpStatusCode.BadRequest && error == "invalid_grant")
            {
                await sessions.EndAsync(session, CancellationToken.None);
                return (TokenState.SessionOver, null);
            }

            // Anything else is a fault of ours or the provider's, for which nobody is to be signed out.
            Log.Refused(logger, (int)response.StatusCode, error);
            return (TokenState.ProviderDown, null);
        }
        finally
        {
            await KeepAsync(session, next);
        }
    }

    private async Task KeepAsync(Session session, SessionTokens? next)
    {
        session.Unsaved = next ?? session.Unsaved;
        try
        {
            await table.ReleaseRefreshAsync(session.KeyHash, session.Unsaved is { } tokens ? sessions.Seal(tokens) : null);
            session.Unsaved = null;
        }
        catch (NpgsqlException fault)
        {
            Log.NotKept(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A token could not be renewed: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "identity refused the gateway with {Status} {Error}; do Identity:GatewayJwksAddress there and our key, or Identity:GatewayClientSecret at both, agree?")]
        public static partial void Refused(ILogger logger, int status, string? error);

        [LoggerMessage(3, LogLevel.Warning, "A renewed refresh token could not be stored; until it is, the session lives on in this process only")]
        public static partial void NotKept(ILogger logger, Exception exception);
    }
}
