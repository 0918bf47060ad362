using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>Reports that wait, and the queue that is asked for them.</summary>
internal static class QueueQuestions
{
    public static async Task<ModuleReportSubmitted[]> ReportAsync(this SupervisionFixture fixture, Organisation school, Guid cycleId, params string[] modules)
    {
        var reportId = SupervisionFixture.NewId();
        var submitted = modules.Select(key => SupervisionFixture.Submitted(school, cycleId, moduleKey: key) with { ReportId = reportId }).ToArray();
        foreach (var module in submitted)
        {
            await fixture.Host.Events.DeliverAsync(module);
        }

        return submitted;
    }

    public static async Task<QueueResponse> QueueAsync(this HttpClient client, string query) =>
        (await client.GetFromJsonAsync<QueueResponse>($"/api/supervision/queue?{query}", SupervisionFixture.Json))!;
}
