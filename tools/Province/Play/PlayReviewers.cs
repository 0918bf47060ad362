using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;

namespace Gengdu.Province.Play;

/// <summary>
/// Counties read and return some modules with reasons, approve the rest, and leave some for the newcomer; returned modules
/// are corrected and signed again; some cities and the province follow.
/// </summary>
internal sealed class PlayReviewers(LoadOptions options, Casts casts, Session owner, Cycle cycle, IReadOnlyList<Division> divisions, Steps steps)
{
    private static readonly (string At, string Module, string Code, string Text)[] Returns =
    [
        ("recorded", "evaluation", "implausible", "写实记录人数与学籍系统差距较大，请核对后重报。"),
        ("spend_total", "capital-investment", "inconsistent", "支出合计与决算表不一致，请以财务凭证为准。"),
        ("weekly_hours", "curriculum", "unclear", "部分年级周课时不足 1 课时，请说明原因或更正。"),
        ("roster", "teaching-staff", "wrong-value", "名册中有教师周课时偏高，请核对。"),
    ];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var counties = divisions.Where(d => d.Is("county") && d.Code != People.TriedCounty).ToList();
        await steps.RunAsync("county reviews 县级审核", counties.Count, async done =>
            await Parallel.ForEachAsync(counties, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (county, cancel) =>
            {
                await CountyAsync(county, cancel);
                done(1);
            }));
        var cities = divisions.Where(d => d.Is("city")).ToList();
        await steps.RunAsync("city and province 市级、省级", cities.Count, async done =>
        {
            for (var i = 0; i < cities.Count; i++)
            {
                if (i % 3 != 0)
                {
                    await ApproveAllAsync(casts[People.Supervisor(cities[i].Code)], "city", cancellationToken);
                    if (i % 2 == 0)
                    {
                        await ApproveAllAsync(owner, "province", cancellationToken);
                    }
                }

                done(1);
            }
        });
    }

    private async Task CountyAsync(Division county, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed ^ int.Parse(county.Code, System.Globalization.CultureInfo.InvariantCulture));
        var reviewer = casts[People.Reviewer(county.Code)];
        var returned = new List<(Guid ModuleReportId, string Module)>();
        await foreach (var item in PlaySchools.PagesAsync(reviewer, $"/api/supervision/queue?cycleId={cycle.Id}&step=county", cancellationToken))
        {
            if (random.Next(12) != 0)
            {
                continue;
            }

            var (at, module, code, text) = Returns[random.Next(Returns.Length)];
            var review = item["reviews"]!.AsArray().FirstOrDefault(r => r!["moduleKey"]!.GetValue<string>() == module);
            if (review is not null)
            {
                await reviewer.PostAsync($"/api/supervision/reviews/{review["id"]}/return",
                    new { revision = review["revision"]!.GetValue<int>(), reasons = new[] { new { at, code, text } } }, cancellationToken);
                await SayAsync(reviewer, item["reportId"]!.GetValue<Guid>(), module, "已就这一格退回，请核对；口径有疑问可在这里问。", at, cancellationToken);
                returned.Add((review["moduleReportId"]!.GetValue<Guid>(), module));
            }
        }

        await ApproveAllAsync(reviewer, "county", cancellationToken);
        // Two of three returned modules are corrected and come back; the rest wait, as in life.
        foreach (var (id, _) in returned.Where((_, i) => i % 3 != 2))
        {
            await CorrectAsync(county, id, random, cancellationToken);
        }
    }

    private async Task CorrectAsync(Division county, Guid id, Random random, CancellationToken cancellationToken)
    {
        var city = county.Is("city") ? county.Code : county.ParentCode;
        var (reporter, approver) = (casts[People.Clerk(city, "reporter")], casts[People.Clerk(city, "approver")]);
        for (var i = 0; i < 60; i++)
        {
            var report = await reporter.GetAsync($"/api/reporting/module-reports/{id}", cancellationToken);
            if (report["state"]!.GetValue<string>() == "returned")
            {
                // Checked and found right: the values stay, the school says so by signing again.
                var version = await FillModule.SaveAsync(reporter, id, report["version"]!.GetValue<long>(), [], null, random, cancellationToken);
                version = await FillModule.CompleteAsync(reporter, id, version, cancellationToken);
                await FillModule.SignAsync(approver, id, version, cancellationToken);
                await SayAsync(reporter, report["reportId"]!.GetValue<Guid>(), report["moduleKey"]!.GetValue<string>(), "已对照原始台账核对，数字无误，已重新上报。", null, cancellationToken);
                return;
            }

            await Task.Delay(500, cancellationToken);
        }

        throw new InvalidOperationException($"Module report {id} was returned by {county.Code}, but reporting has not opened it again after 30 seconds");
    }

    private static Task<JsonNode> SayAsync(Session session, Guid reportId, string module, string text, string? cell, CancellationToken cancellationToken) =>
        session.PostAsync($"/api/supervision/reports/{reportId}/conversations/{module}/messages", new { key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), text, cell }, cancellationToken);

    private Task<JsonNode> ApproveAllAsync(Session session, string step, CancellationToken cancellationToken) =>
        session.PostAsync("/api/supervision/approvals", new { cycleId = cycle.Id, step }, cancellationToken);
}
