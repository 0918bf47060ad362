using System.Net;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;
using Gengdu.System.Tests.Running;

namespace Gengdu.System.Tests;

/// <summary>One semester through the gateway: fill in, sign, return, correct, approve level by level, see the figure move.</summary>
[Collection(nameof(ProvinceShared))]
public sealed class ReportReachesDashboardTests(ProvinceFixture province)
{
    internal static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    [Fact]
    public async Task Semester_FromBlankFormToAcceptance_MovesTheProvinceFigure()
    {
        var cancel = TestContext.Current.CancellationToken;
        var reporter = await province.SignedInAsync("school-reporter", cancel);
        var approver = await province.SignedInAsync("school-approver", cancel);
        var county = await province.SignedInAsync(People.Reviewer("130102"), cancel);
        var city = await province.SignedInAsync(People.Supervisor("130100"), cancel);
        var owner = await province.SignedInAsync(People.Owner, cancel);
        var cycle = await CycleAsync(owner, cancel);
        var before = await ProvinceAsync(owner, cycle, cancel);

        // The school fills in and signs its ten modules.
        var report = (await reporter.GetAsync($"/api/reporting/reports?cycleId={cycle}", cancel))["items"]![0]!;
        Assert.Equal("not-started", report["state"]!.GetValue<string>());
        var values = SchoolValues.For(new Figures(province.People.Showcase, Today, PeriodStart()));
        var receipts = new Dictionary<string, JsonNode>();
        foreach (var module in report["modules"]!.AsArray())
        {
            receipts[Key(module!)] = await FillAndSignAsync(reporter, approver, Id(module!), module!["version"]!.GetValue<long>(), values[Key(module)], cancel);
        }

        Assert.Equal(10, receipts.Values.Select(r => r["receiptNumber"]!.GetValue<string>()).Distinct().Count());

        // The county returns one module with a reason at a cell and approves the others.
        var reviews = await Eventually.BecomesAsync(
            async () => (await county.GetAsync($"/api/supervision/queue?cycleId={cycle}&step=county&pageSize=500", cancel))["items"]!.AsArray()
                .SelectMany(i => i!["reviews"]!.AsArray()).Where(r => receipts.Values.Any(x => Same(x, r!))).ToDictionary(r => r!["moduleKey"]!.GetValue<string>(), r => r!),
            found => found.Count == 10, "the county's queue holds the school's ten modules", cancel);
        var evaluation = reviews["evaluation"];
        await county.PostAsync($"/api/supervision/reviews/{evaluation["id"]}/return",
            new { revision = 1, reasons = new[] { new { at = "recorded", code = "wrong-value", text = "写实记录人数与学籍系统不一致，请核对。" } } }, cancel);
        foreach (var (key, review) in reviews.Where(r => r.Key != "evaluation"))
        {
            await county.PostAsync($"/api/supervision/reviews/{review["id"]}/approval", new { revision = 1 }, cancel);
        }

        // It opens again at the school with the reason, is corrected and becomes revision 2.
        var returned = await Eventually.BecomesAsync(
            () => reporter.GetAsync($"/api/reporting/module-reports/{evaluation["moduleReportId"]}", cancel),
            m => m["state"]!.GetValue<string>() == "returned", "the module is open again at the school", cancel);
        Assert.Equal("recorded", returned["return"]!["reasons"]![0]!["at"]!.GetValue<string>());
        Assert.Contains("学籍系统", returned["return"]!["reasons"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        var corrected = new Dictionary<string, object?>(values["evaluation"]) { ["recorded"] = province.People.Showcase.Pupils };
        corrected["recorded"] = values["basic-information"]["students"] is Dictionary<string, object?> students ? students.Values.Sum(v => (int)v!) : 0;
        var second = await FillAndSignAsync(reporter, approver, Id(evaluation, "moduleReportId"), returned["version"]!.GetValue<long>(), corrected, cancel);
        Assert.Equal(2, second["revision"]!.GetValue<int>());

        // County, city and province in turn.
        await ApproveAsync(county, Id(evaluation, "moduleReportId"), "county-review", 2, cancel);
        foreach (var review in reviews.Values)
        {
            await ApproveAsync(city, Id(review, "moduleReportId"), "city-review", null, cancel);
        }

        foreach (var review in reviews.Values)
        {
            await ApproveAsync(owner, Id(review, "moduleReportId"), "province-review", null, cancel);
        }

        var done = await Eventually.BecomesAsync(
            async () => (await reporter.GetAsync($"/api/reporting/reports?cycleId={cycle}", cancel))["items"]![0]!,
            r => r["state"]!.GetValue<string>() == "accepted", "the whole report is accepted", cancel);
        Assert.All(done["modules"]!.AsArray(), m => Assert.Equal("accepted", m!["state"]!.GetValue<string>()));

        // The province's figure moved by exactly what this school reported.
        var moved = Number(corrected["recorded"]);
        var after = await Eventually.BecomesAsync(
            () => ProvinceAsync(owner, cycle, cancel), page => Figure(page, "K34").Numerator == Figure(before, "K34").Numerator + moved,
            $"K34 rose by {moved}", cancel);
        Assert.Equal(Submitted(before) + 10, Submitted(after));
    }

    [Fact]
    public async Task Accepted_Review_PermitsNothingAndSaysWhy()
    {
        var cancel = TestContext.Current.CancellationToken;
        var owner = await province.SignedInAsync(People.Owner, cancel);
        var cycle = await CycleAsync(owner, cancel);
        var accepted = (await owner.GetAsync($"/api/supervision/reviews?cycleId={cycle}&state=accepted", cancel))["items"]!.AsArray().FirstOrDefault();
        Assert.NotNull(accepted);

        var review = await owner.GetAsync($"/api/supervision/reviews/{accepted["id"]}", cancel);

        Assert.All(review["acts"]!.AsArray(), act => Assert.False(act!["allowed"]!.GetValue<bool>()));
        Assert.All(review["acts"]!.AsArray(), act => Assert.NotEqual("", act!["reason"]!["zh"]!.GetValue<string>()));
    }

    [Fact]
    public async Task SubmitTwice_WithOneKey_GivesOneReceipt()
    {
        var cancel = TestContext.Current.CancellationToken;
        var reporter = await province.SignedInAsync(People.Owner, cancel);
        var approver = await province.SignedInAsync($"{People.Owner}-approver", cancel);
        var cycle = await CycleAsync(reporter, cancel);
        var (id, version) = await CompletedAsync(reporter, cycle, cancel);
        var key = ("Idempotency-Key", $"twice-{id:N}");

        var first = await approver.PostAsync($"/api/reporting/module-reports/{id}/submission", new { statement = true }, cancel, ("If-Match", $"\"v{version}\""), key);
        var again = await approver.PostAsync($"/api/reporting/module-reports/{id}/submission", new { statement = true }, cancel, ("If-Match", $"\"v{version}\""), key);
        var other = await Assert.ThrowsAsync<RefusedException>(() =>
            approver.PostAsync($"/api/reporting/module-reports/{id}/submission", new { statement = false }, cancel, ("If-Match", $"\"v{version}\""), key));

        Assert.Equal(first["receiptNumber"]!.GetValue<string>(), again["receiptNumber"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
    }

    [Fact]
    public async Task OtherCounty_AsksForTheReport_GetsNotFound()
    {
        var cancel = TestContext.Current.CancellationToken;
        var owner = await province.SignedInAsync(People.Owner, cancel);
        var stranger = await province.SignedInAsync(People.Reviewer("130202"), cancel);
        var cycle = await CycleAsync(owner, cancel);
        var foreign = (await owner.GetAsync($"/api/reporting/reports?cycleId={cycle}&search={province.People.Showcase.Code}", cancel))["items"]![0]!;

        foreach (var path in new[] { $"reports/{foreign["id"]}", $"module-reports/{foreign["modules"]![0]!["id"]}", $"module-reports/{foreign["modules"]![0]!["id"]}/revisions" })
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => stranger.GetAsync($"/api/reporting/{path}", cancel));
            Assert.Equal(HttpStatusCode.NotFound, refused.Status);
            Assert.DoesNotContain(province.People.Showcase.NameZh, refused.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<(Guid Id, long Version)> CompletedAsync(Session reporter, Guid cycle, CancellationToken cancel)
    {
        var module = (await reporter.GetAsync($"/api/reporting/reports?cycleId={cycle}&level=province", cancel))["items"]![0]!["modules"]![0]!;
        var programme = (await reporter.GetAsync("/api/reporting/programmes", cancel))["items"]![0]!;
        var pack = await reporter.GetAsync($"/api/reporting/programmes/{programme["key"]}/versions/{programme["version"]}", cancel);
        var form = pack["modules"]!.AsArray().First(m => Key(m!) == Key(module))!;
        var version = await FillModule.SaveAsync(reporter, Id(module), module["version"]!.GetValue<long>(), DepartmentValues.For(form, new Random(1)), null, new Random(1), cancel);
        return (Id(module), await FillModule.CompleteAsync(reporter, Id(module), version, cancel));
    }

    private static async Task<JsonNode> FillAndSignAsync(Session reporter, Session approver, Guid id, long version, Dictionary<string, object?> values, CancellationToken cancel)
    {
        version = await FillModule.SaveAsync(reporter, id, version, values, null, new Random(1), cancel);
        version = await FillModule.CompleteAsync(reporter, id, version, cancel);
        return await FillModule.SignAsync(approver, id, version, cancel);
    }

    private static async Task ApproveAsync(Session reviewer, Guid moduleReportId, string state, int? revision, CancellationToken cancel)
    {
        var review = await Eventually.BecomesAsync(
            async () => (await reviewer.GetAsync($"/api/supervision/reviews?moduleReportId={moduleReportId}", cancel))["items"]![0]!,
            r => r["state"]!.GetValue<string>() == state && (revision is null || r["revision"]!.GetValue<int>() == revision), $"the review waits at {state}", cancel);
        await reviewer.PostAsync($"/api/supervision/reviews/{review["id"]}/approval", new { revision = review["revision"]!.GetValue<int>() }, cancel);
    }

    internal static async Task<Guid> CycleAsync(Session session, CancellationToken cancel) =>
        (await session.GetAsync("/api/reporting/cycles", cancel))["items"]![0]!["id"]!.GetValue<Guid>();

    internal static async Task<JsonNode> ProvinceAsync(Session owner, Guid cycle, CancellationToken cancel)
    {
        var me = await owner.GetAsync("/api/identity/me", cancel);
        return await owner.GetAsync($"/api/analytics/dashboards/nodes/{me["assignments"]![0]!["organisation"]!["id"]}?cycleId={cycle}", cancel);
    }

    internal static int Submitted(JsonNode page) => page["completeness"]!["submitted"]!.GetValue<int>();

    private static (decimal Numerator, decimal Denominator) Figure(JsonNode page, string id)
    {
        var figure = page["indicators"]!.AsArray().First(f => f!["id"]!.GetValue<string>() == id)!;
        return (figure["numerator"]?.GetValue<decimal>() ?? 0, figure["denominator"]?.GetValue<decimal>() ?? 0);
    }

    private static bool Same(JsonNode receipt, JsonNode review) => receipt["moduleReportId"]!.GetValue<Guid>() == review["moduleReportId"]!.GetValue<Guid>();

    private static decimal Number(object? value) => Convert.ToDecimal(value, global::System.Globalization.CultureInfo.InvariantCulture);

    internal static DateOnly PeriodStart() => new(Today.Month < 2 ? Today.Year - 1 : Today.Year, Today.Month is >= 9 or < 2 ? 9 : 3, 1);

    private static string Key(JsonNode module) => module["key"]!.GetValue<string>();

    private static Guid Id(JsonNode node, string name = "id") => node[name]!.GetValue<Guid>();
}
