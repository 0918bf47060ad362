using Gengdu.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>The pushed requests in the database: pushed at one replica, shown at another.</summary>
internal sealed class PushedRequests(IdentityDbContext db, TimeProvider clock)
{
    public static bool IsOurs(string? requestUri) => requestUri?.StartsWith(PushedRequest.Prefix, StringComparison.Ordinal) == true && requestUri.Length <= 200;

    public async Task<string> KeepAsync(string clientId, string query, CancellationToken cancellationToken)
    {
        var requestUri = PushedRequest.Prefix + Secrets.New();
        db.Add(PushedRequest.Create(requestUri, clientId, query, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        return requestUri;
    }

    /// <summary>The request, when it is this client's and neither too old nor completed.</summary>
    public async Task<PushedRequest?> ShowAsync(string requestUri, string? clientId, CancellationToken cancellationToken)
    {
        var (now, hash) = (clock.GetUtcNow(), Secrets.Hash(requestUri));
        var waiting = db.PushedRequests.Where(r => r.Hash == hash && r.ClientId == clientId && r.CompletedAt == null && r.ExpiresAt > now);
        await waiting.Where(r => r.FirstShownAt == null)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.FirstShownAt, now).SetProperty(x => x.ExpiresAt, now + PushedRequest.SignInTime), cancellationToken);
        return await waiting.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Uses it up, in the transaction that gives the code; false when another one was first.</summary>
    public async Task<bool> CompleteAsync(PushedRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.PushedRequests.Where(r => r.Hash == request.Hash && r.CompletedAt == null).ExecuteUpdateAsync(r => r.SetProperty(x => x.CompletedAt, now), cancellationToken) == 1;
    }
}
