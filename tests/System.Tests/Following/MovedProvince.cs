using Gengdu.Province;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Following;

/// <summary>A school with one module that is complete and not yet signed.</summary>
internal sealed record ReadySchool(School School, Guid Id, Guid ReportId, Guid ModuleReportId, long Version);

/// <summary>The platform with a cycle just opened, and twenty schools that are about to sign.</summary>
public sealed class MovedProvince : IAsyncLifetime
{
    public const string Wanderer = "wandering-reviewer";
    private readonly Dictionary<string, Session> _sessions = [];

    internal GengduSystem System { get; private set; } = null!;

    internal Guid Cycle { get; private set; }

    internal IReadOnlyList<ReadySchool> Ready { get; private set; } = [];

    internal static string[] Cities => ["130100", "130200", "130600"];

    public async ValueTask InitializeAsync()
    {
        var cancel = CancellationToken.None;
        System = await GengduSystem.StartAsync(cancel);
        var file = RepositoryRoot.Combine("data", "divisions.csv");
        var divisions = Division.Read(file);
        var schools = Schools.Make(divisions, 150, 1).Where(s => Cities.Contains(s.CityCode)).Take(20).ToList();
        var steps = new Steps(interactive: false);
        var administrator = await SignedInAsync(GengduSystem.Administrator, cancel);
        var register = new Register(administrator, steps);
        await register.DivisionsAsync(file, cancel);
        await register.SchoolsAsync(schools, cancel);
        await register.PeopleAsync(PeopleOf(divisions, schools), cancel);
        Cycle = (await OpenCycle.RunAsync(await SignedInAsync(People.Owner, cancel), divisions, schools, steps, cancel)).Id;
        Ready = await FillAsync(schools, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }

        await System.DisposeAsync();
    }

    /// <summary>A signed-in person, signed in once per run.</summary>
    internal async Task<Session> SignedInAsync(string userName, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGetValue(userName, out var session))
        {
            _sessions[userName] = session = await Session.SignInAsync(System.Address, userName, System.Password, cancellationToken);
        }

        return session;
    }

    internal async Task<Guid> OrganisationAsync(string code, CancellationToken cancellationToken) =>
        await (await SignedInAsync(GengduSystem.Administrator, cancellationToken)).OrganisationAsync(code, cancellationToken);

    internal async Task MoveAsync(Guid organisationId, Guid parentId, CancellationToken cancellationToken)
    {
        var administrator = await SignedInAsync(GengduSystem.Administrator, cancellationToken);
        var version = (await administrator.GetAsync($"/api/identity/organisations/{organisationId}", cancellationToken))["$version"]!.GetValue<long>();
        await administrator.PutAsync($"/api/identity/organisations/{organisationId}/parent", new { parentId, reason = "test" }, version, cancellationToken);
    }

    internal async Task SignAsync(ReadySchool ready, CancellationToken cancellationToken) =>
        await FillModule.SignAsync(await SignedInAsync("tree-approver", cancellationToken), ready.ModuleReportId, ready.Version, cancellationToken);

    private IEnumerable<Person> PeopleOf(IReadOnlyList<Division> divisions, List<School> schools)
    {
        yield return new(People.Owner, "省教育厅德育处", System.Password, [new("province-owner", "130000")]);
        foreach (var role in new[] { "reporter", "approver" })
        {
            yield return new($"tree-{role}", "填报", System.Password, [.. schools.Select(s => new PersonAssignment(role, s.Code))]);
        }

        yield return new(Wanderer, "审核", System.Password, [new("county-reviewer", schools[1].ParentCode)]);
        foreach (var county in divisions.Where(d => d.Is("county") && (Cities.Contains(d.ParentCode) || d.Is("city"))))
        {
            yield return new(People.Reviewer(county.Code), "审核", System.Password, [new("county-reviewer", county.Code)]);
        }
    }

    private async Task<IReadOnlyList<ReadySchool>> FillAsync(List<School> schools, CancellationToken cancellationToken)
    {
        var reporter = await SignedInAsync("tree-reporter", cancellationToken);
        var ready = new List<ReadySchool>();
        foreach (var school in schools)
        {
            var report = (await reporter.GetAsync($"/api/reporting/reports?cycleId={Cycle}&search={school.Code}", cancellationToken))["items"]![0]!;
            var module = report["modules"]!.AsArray().Single(m => m!["key"]!.GetValue<string>() == "basic-information")!;
            var (id, values) = (module["id"]!.GetValue<Guid>(), SchoolValues.For(new Figures(school, ReportReachesDashboardTests.Today, ReportReachesDashboardTests.PeriodStart())));
            var version = await FillModule.SaveAsync(reporter, id, module["version"]!.GetValue<long>(), values["basic-information"], null, new Random(1), cancellationToken);
            version = await FillModule.CompleteAsync(reporter, id, version, cancellationToken);
            ready.Add(new(school, report["organisation"]!["id"]!.GetValue<Guid>(), report["id"]!.GetValue<Guid>(), id, version));
        }

        return ready;
    }
}
