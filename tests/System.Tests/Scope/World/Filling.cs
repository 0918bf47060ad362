using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;

namespace Gengdu.System.Tests.Scope.World;

/// <summary>Forms filled in, signed and reviewed until every state there is stands somewhere, with a mark in each text.</summary>
internal sealed class Filling(Uri address, string password, Session owner, Guid cycle, JsonNode programme, IReadOnlyDictionary<string, Owner> owners)
{
    private static readonly string[] Signed = ["overall-plan", "teaching-staff", "collaboration", "practice-places", "supervision-results"];
    private static readonly string[] Completed = [.. Signed, "safety", "evaluation"];
    private static readonly string[] Saved = [.. Completed, "basic-information", "curriculum"];

    public async Task RunAsync(IReadOnlyCollection<string> filled, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        using var reporter = await Session.SignInAsync(address, "fill-reporter", password, cancellationToken);
        using var approver = await Session.SignInAsync(address, "fill-approver", password, cancellationToken);
        var work = filled.Select(place => owners[place]).SelectMany(at => at.Modules.Select(module => (at, module)))
            .Where(pair => pair.at.Level != "school" || Saved.Contains(pair.module.Key));
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (pair, cancel) => await FillAsync(reporter, approver, pair.at, pair.module, cancel));
        await ReadAsync(cancellationToken);
    }

    /// <summary>States, revisions and versions as they stand now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var byId = owners.Values.ToDictionary(at => at.Id);
        var reports = (await owner.GetAsync($"/api/reporting/reports?cycleId={cycle}&pageSize=500", cancellationToken))["items"]!.AsArray();
        foreach (var report in reports)
        {
            if (!byId.TryGetValue(report!["organisation"]!["id"]!.GetValue<Guid>(), out var at))
            {
                continue;
            }

            at.ReportId = report["id"]!.GetValue<Guid>();
            foreach (var found in report["modules"]!.AsArray())
            {
                var module = at.Modules.FirstOrDefault(m => m.Id == found!["id"]!.GetValue<Guid>()) ?? new OwnedModule(found!["id"]!.GetValue<Guid>(), found["key"]!.GetValue<string>());
                at.Add(module.Key, module);
                (module.State, module.Version, module.Revision) = (found!["state"]!.GetValue<string>(), found["version"]!.GetValue<long>(), found["revision"]!.GetValue<int>());
            }
        }
    }

    private async Task FillAsync(Session reporter, Session approver, Owner at, OwnedModule module, CancellationToken cancellationToken)
    {
        var isSchool = at.Level == "school";
        // A county's and a city's form is submitted, the province's stays a draft.
        var isSigned = isSchool ? Signed.Contains(module.Key) : at.Level != "province";
        var mark = Canaries.Of(at.Place, isSigned ? Canaries.Submitted : Canaries.Draft);
        var values = isSchool ? ValuesOf(at, module.Key, mark) : DepartmentOf(at, module.Key, mark);
        var version = await FillModule.SaveAsync(reporter, module.Id, module.Version, values, null, new Random(1), cancellationToken);
        if (isSigned || (isSchool && Completed.Contains(module.Key)))
        {
            version = await FillModule.CompleteAsync(reporter, module.Id, version, cancellationToken);
        }

        if (isSigned)
        {
            await FillModule.SignAsync(approver, module.Id, version, cancellationToken);
        }
    }

    private Dictionary<string, object?> DepartmentOf(Owner at, string key, string mark)
    {
        var values = DepartmentValues.For(programme["modules"]!.AsArray().First(m => m!["key"]!.GetValue<string>() == key)!, new Random(1));
        values[$"{at.Level}_policy"] = true;
        values[$"{at.Level}_policy_title"] = mark;
        return values;
    }

    private static Dictionary<string, object?> ValuesOf(Owner at, string key, string mark)
    {
        var figures = new Figures(SchoolOf(at), ReportReachesDashboardTests.Today, ReportReachesDashboardTests.PeriodStart());
        var values = SchoolValues.For(figures)[key];
        switch (key)
        {
            case "basic-information":
                values["titles"] = new[] { new Dictionary<string, object?> { ["level"] = "county", ["name"] = mark } };
                break;
            case "overall-plan":
                (values["published"], values["published_date"], values["published_link"]) = (true, values["published_date"] ?? figures.DayOfPeriod(60), $"https://school.example/{mark}");
                break;
            case "collaboration":
                values["partners"] = new[] { new Dictionary<string, object?> { ["name"] = mark, ["kind"] = "government", ["agreement"] = true } };
                break;
            case "practice-places":
                ((List<Dictionary<string, object?>>)values["on_campus"]!).ForEach(row => row["name"] = mark);
                break;
            case "supervision-results":
                values["brand_text"] = mark;
                break;
        }

        return values;
    }

    internal static School SchoolOf(Owner at) => new()
    {
        Code = at.Code, ParentCode = Tree.Code(at.Place[..2]), CityCode = Tree.Code(at.Place[..1]), NameZh = at.Place, NameEn = at.Place, Type = "primary", UrbanRural = "town",
        RunBy = "education-department", Grades = ["g1", "g2", "g3", "g4", "g5", "g6"], Pupils = 600, Seed = 7,
    };
}
