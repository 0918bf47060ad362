using Gengdu.Organisations;
using Microsoft.AspNetCore.Http;

namespace Gengdu.Audit;

/// <summary>Who saw what, through which filter, how many rows. A handler parameter; await it before answering.</summary>
public sealed class AuditTrail
{
    private readonly AuditWriter _writer;
    private readonly IHttpContextAccessor _http;
    private readonly TimeProvider _clock;

    internal AuditTrail(AuditWriter writer, IHttpContextAccessor http, TimeProvider clock) => (_writer, _http, _clock) = (writer, http, clock);

    /// <summary>The person of this request saw it. Fails with 503 when that cannot be written down: then nothing is shown.</summary>
    /// <param name="kind">What, e.g. "module-report"; the act is "&lt;kind&gt;.seen".</param>
    /// <param name="id">Which; null for a list.</param>
    /// <param name="organisationPath">Whose it is; for a list the place it was asked for, or the caller's own.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="filter">What narrowed a list: ids and codes, no text that was searched for.</param>
    public Task SawAsync(string kind, object? id = null, string? organisationPath = null, int rows = 1, object? filter = null) =>
        WriteAsync(AuditAct.By(AuditRequest.PersonOf(_http.HttpContext), $"{kind}.seen", id, organisationPath) with
        {
            Outcome = AuditOutcome.Saw,
            Rows = rows,
            Filter = AuditAct.Json(filter),
        });

    /// <summary>An act that has no transaction of its own, such as a sign-in in vain.</summary>
    public Task WriteAsync(AuditAct act) => _writer.WriteAsync(AuditPending.For(act, _clock.GetUtcNow()), CancellationToken.None);
}
