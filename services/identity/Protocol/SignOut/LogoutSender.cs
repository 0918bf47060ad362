using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Tokens;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.SignOut;

/// <summary>
/// Back-channel logout (OpenID Connect Back-Channel Logout 1.0): posts a signed notice to each client, again until it is
/// taken or too late. Several replicas send side by side; a row is lent out, so one that dies gives it back. Each client has
/// a sender of its own: one that hangs must not make the gateway wait.
/// </summary>
internal sealed partial class LogoutSender(
    IServiceScopeFactory scopes, ClientRegistry clients, TokenIssuer tokens, IHttpClientFactory http, LogoutSignal signal, PostgresReadiness postgres, TimeProvider clock, ILogger<LogoutSender> logger) : BackgroundService
{
    public const string HttpClientName = "logout-notices";
    private const string Type = "logout+jwt";
    private const int AtOnce = 32;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lent = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Task.WhenAll(clients.All.Where(client => client.BackchannelLogoutUri is not null).Select(client => SendToAsync(client, stoppingToken)));
    }

    private async Task SendToAsync(Client client, CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                var due = await TakeAsync(client, cancellationToken);
                await Task.WhenAll(due.Select(notice => SendAsync(notice, client, cancellationToken)));
                failures = 0;
                if (due.Count == AtOnce)
                {
                    continue;
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Rounds.Failed("logout-notices", logger, fault, ++failures);
            }

            await signal.WaitAsync(client.Id, Every, cancellationToken);
        }
    }

    private async Task<List<LogoutNotice>> TakeAsync(Client client, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().LogoutNotices.FromSql($"""
            update logout_notices set next_attempt_at = {now + Lent}, attempts = attempts + 1 where id in (
              select id from logout_notices where client_id = {client.Id} and next_attempt_at <= {now} order by next_attempt_at limit {AtOnce} for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancellationToken);
    }

    private async Task SendAsync(LogoutNotice notice, Client client, CancellationToken cancellationToken)
    {
        var done = await PostAsync(notice, client.BackchannelLogoutUri!, cancellationToken);
        var next = done ? null : notice.Next(clock.GetUtcNow());
        if (!done && next is null)
        {
            Log.GivenUp(logger, notice.ClientId, notice.SessionId[..8], notice.Attempts);
        }

        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<IdentityDbContext>().LogoutNotices.Where(n => n.Id == notice.Id);
        _ = next is { } at ? await rows.ExecuteUpdateAsync(n => n.SetProperty(x => x.NextAttemptAt, at), cancellationToken) : await rows.ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> PostAsync(LogoutNotice notice, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var caller = http.CreateClient(HttpClientName);
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", await TokenAsync(notice, cancellationToken))]);
            using var answer = await caller.PostAsync(address, form, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return true;
            }

            Log.Refused(logger, notice.ClientId, (int)answer.StatusCode, notice.Attempts);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NotReached(logger, notice.ClientId, fault.Message, notice.Attempts);
        }

        return false;
    }

    // A new token with a new id for each attempt: the client may have taken the last one and its answer got lost.
    private Task<string> TokenAsync(LogoutNotice notice, CancellationToken cancellationToken) => tokens.ForClientAsync(notice.ClientId, Type, Lifetime, new()
    {
        ["sub"] = notice.PersonId.ToString(),
        ["sid"] = notice.SessionId,
        ["jti"] = Secrets.New(),
        ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() },
    }, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Client {ClientId} refused a logout notice with {Status} at attempt {Attempt}")]
        public static partial void Refused(ILogger logger, string clientId, int status, int attempt);

        [LoggerMessage(2, LogLevel.Warning, "Client {ClientId} was not reached for a logout notice ({Reason}) at attempt {Attempt}")]
        public static partial void NotReached(ILogger logger, string clientId, string reason, int attempt);

        [LoggerMessage(3, LogLevel.Error, "Client {ClientId} never took the logout notice of session {Session}…, given up after {Attempts} attempts")]
        public static partial void GivenUp(ILogger logger, string clientId, string session, int attempts);
    }
}
