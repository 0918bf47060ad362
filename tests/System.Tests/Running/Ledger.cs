using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;

namespace Gengdu.System.Tests.Running;

/// <summary>
/// What a client knows: each attempt to submit with its key, and the receipt if one came. Compared with the platform after
/// everything has come to rest: nothing acknowledged is lost, nothing is counted twice, nothing unexpected appears.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<Guid, JsonNode> _receipts = new();
    private readonly ConcurrentDictionary<Guid, string> _attempts = new();

    public IReadOnlyDictionary<Guid, JsonNode> Receipts => _receipts;

    public IReadOnlyCollection<Guid> Attempted => (IReadOnlyCollection<Guid>)_attempts.Keys;

    /// <summary>Submits until a receipt comes, always under the same key, through as many crashes as it takes.</summary>
    public async Task<JsonNode> SubmitAsync(Session approver, Guid moduleReportId, long version, Func<Task> whenAway, CancellationToken cancellationToken)
    {
        var key = $"ledger-{moduleReportId:N}";
        _attempts[moduleReportId] = key;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var receipt = await approver.PostAsync($"/api/reporting/module-reports/{moduleReportId}/submission", new { statement = true }, cancellationToken,
                    ("If-Match", $"\"v{version}\""), ("Idempotency-Key", key));
                return _receipts[moduleReportId] = receipt;
            }
            catch (Exception fault) when (attempt < 60 && fault is HttpRequestException or IOException or TaskCanceledException
                or RefusedException { Status: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.InternalServerError })
            {
                cancellationToken.ThrowIfCancellationRequested();
                await whenAway();
                await Task.Delay(200, cancellationToken);
            }
        }
    }
}
