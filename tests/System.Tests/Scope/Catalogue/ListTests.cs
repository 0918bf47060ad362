using System.Text.Json.Nodes;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-02 to TR-07: what a list can be made to say of others.</summary>
[Collection(nameof(ScopeShared))]
public sealed class ListTests(ScopeFixture fixture)
{
    private static readonly string[] Askers = ["reporter@A1S1", "county-reviewer@A1", "city-supervisor@A", "administrator@A1", "auditor@A1", "security-administrator@A1", "nobody", "city-system"];

    private Scene Scene => fixture.Scene;

    private string Cycle => $"cycleId={Scene.CycleId}";

    private string[] Lists =>
    [
        $"/api/reporting/reports?{Cycle}", "/api/reporting/cycles?", $"/api/supervision/queue?{Cycle}", $"/api/supervision/reviews?{Cycle}", "/api/identity/organisations?", "/api/identity/people?",
        "/api/analytics/cycles?", "/api/identity/audit?outcome=done", "/api/reporting/audit?outcome=done", "/api/supervision/audit?outcome=done", "/api/analytics/audit?outcome=done",
    ];

    /// <summary>TR-02: a foreign organisation, none, "*", the parent, two at once, something that is no id.</summary>
    [Fact]
    public async Task TR02_List_WithAnyOrganisation_ShowsOnlyTheOwn()
    {
        var (foreign, parent) = (Scene.Owners["B1S1"].Id, Scene.Owners["A"].Id);
        string[] asked = ["", "&organisationId=*", $"&organisationId={foreign}", $"&organisationId={parent}", $"&organisationId={foreign}&organisationId={parent}", "&organisationId=", "&organisationId=%25",
            $"&parentId={foreign}", $"&parentId={parent}", "&parentId=*", $"&reportId={Scene.Owners["B1S1"].ReportId}", $"&moduleReportId={Scene.Owners["B1S1"].Submitted.Id}"];
        await EachAsync(Lists, asked.Select(part => $"{part}&pageSize=500"), (who, answer) =>
        {
            Assert.True(answer.Status < 500, $"{answer.Status} {answer.Said}");
            Scene.ShowsOnlyOwn(who, answer);
        });
    }

    /// <summary>TR-03: by the name, the code and a part of either.</summary>
    [Fact]
    public async Task TR03_Search_ForSomethingForeign_FindsNothing()
    {
        string[] words = [Tree.Code("B1S1"), Tree.Code("B1S1")[..6], Canaries.Of("B1S1", Canaries.Name), "cnry.B", Canaries.Of("B1S1", Canaries.Person), "%B1S1%", "_"];
        foreach (var list in new[] { $"/api/reporting/reports?{Cycle}", "/api/identity/organisations?", "/api/identity/people?" })
        {
            foreach (var word in words)
            {
                var answer = await Scene.AskAsync("administrator@A1", "GET", $"{list}&search={Uri.EscapeDataString(word)}&pageSize=500");
                Scene.ShowsOnlyOwn("administrator@A1", answer);
                Assert.True(word is "cnry.B" or "_" ? answer.IsFine : answer.Total() == 0, $"{word}: {answer.Body}");
            }
        }
    }

    /// <summary>TR-04: to sort or filter by what is not shown would tell it bit by bit; there is no such parameter, so the answer is the same.</summary>
    [Fact]
    public async Task TR04_SortOrFilterByHiddenField_ChangesNothing()
    {
        string[] asked = ["&sort=values", "&sort=-passwordHash", "&orderBy=errors", "&filter=values.boarders>10", "&values.boarders=1", "&fields=values", "&include=values,revisions", "&expand=all", "&$filter=passwordHash%20ne%20null", "&select=*"];
        foreach (var list in new[] { $"/api/reporting/reports?{Cycle}", "/api/identity/people?", $"/api/supervision/reviews?{Cycle}" })
        {
            var plain = await Scene.AskAsync("administrator@A1", "GET", list);
            foreach (var part in asked)
            {
                var answer = await Scene.AskAsync("administrator@A1", "GET", list + part);
                Assert.True(answer.Status == 400 || answer.Body == plain.Body, $"{part} of {list} changes the answer");
            }
        }
    }

    /// <summary>TR-05: pages are numbers, and the audit goes on from a number; the address of one person's page gives another the own rows.</summary>
    [Fact]
    public async Task TR05_PageOfSomebodyElse_ShowsOnlyTheOwn()
    {
        string[] asked = ["&page=1&pageSize=2", "&page=2&pageSize=20", "&page=9&pageSize=5", "&before=5", "&before=999999", "&page=-1", "&page=99999999999999999999", "&cursor=eyJpZCI6MX0"];
        await EachAsync(Lists, asked, (who, answer) =>
        {
            Assert.True(answer.Status < 500, $"{answer.Status} {answer.Said}");
            Scene.ShowsOnlyOwn(who, answer);
        });
    }

    /// <summary>TR-06: totals and counts are those of the own places to the last one, whatever the filter.</summary>
    [Theory]
    [InlineData("reporter@A1S1", 1)]
    [InlineData("reporter@A1", 1)]
    [InlineData("county-reviewer@A1", 5)]
    [InlineData("county-reviewer@A1_county-reviewer@B1", 10)]
    [InlineData("city-supervisor@A", 16)]
    [InlineData("province-owner@P", 50)]
    [InlineData("nobody", 0)]
    public async Task TR06_Counts_AreOfTheOwnPlaces(string who, int places)
    {
        Assert.Equal(places, (await Scene.AskAsync(who, "GET", $"/api/reporting/reports?{Cycle}&pageSize=1")).Total());
        var identity = Cast.Find(who);
        var cancel = TestContext.Current.CancellationToken;
        await Scene.Rows.SettleAsync(cancel);
        var paths = await Scene.Rows.PairsAsync("select code, path from identity.organisations where valid_to is null or valid_to >= (now() at time zone 'Asia/Shanghai')::date", cancel);
        var seen = paths.Values.Count(path => identity.Rights.Any(right => paths[Tree.Code(right.Place)] is var own && (right.IsOwn ? path == own : path.StartsWith(own, StringComparison.Ordinal))));
        Assert.Equal(seen, (await Scene.AskAsync(who, "GET", "/api/identity/organisations?pageSize=1")).Total());
        var states = new[] { "not-started", "in-progress", "submitted", "returned", "approved", "accepted" };
        var parts = 0;
        foreach (var state in states)
        {
            parts += (await Scene.AskAsync(who, "GET", $"/api/reporting/reports?{Cycle}&state={state}&pageSize=1")).Total();
        }

        Assert.Equal(places, parts);
        var reviews = await Scene.Rows.PairsAsync($"select organisation_id::text, count(*)::text from supervision.reviews where cycle_id = '{Scene.CycleId}' group by 1", cancel);
        var reviewed = Scene.Owners.Values.Where(owner => identity.Sees(owner.Place)).Sum(owner => int.Parse(reviews.GetValueOrDefault(owner.Id.ToString(), "0"), global::System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(reviewed, (await Scene.AskAsync(who, "GET", $"/api/supervision/reviews?{Cycle}&pageSize=1")).Total());
        if (identity.Has(Identity.Reviewers))
        {
            var counts = (await Scene.AskAsync(who, "GET", $"/api/supervision/queue?{Cycle}&step=county&pageSize=1")).Json()["counts"]!.AsObject();
            Assert.Equal(reviewed, counts.Sum(pair => pair.Value!.GetValue<int>()));
        }
    }

    /// <summary>TR-06: the total of a county names no school to those who see none, and their number is nobody else's.</summary>
    [Fact]
    public async Task TR06_Dashboard_OfADepartment_NamesNoSchool()
    {
        var page = await Scene.AskAsync("reporter@A1", "GET", $"/api/analytics/dashboards/nodes/{Scene.Owners["A1"].Id}?{Cycle}");
        Scene.ShowsOnlyOwn("reporter@A1", page);
        Assert.Empty(page.Json()["children"]!.AsArray());
        Assert.Equal(4, page.Json()["completeness"]!["schools"]!.GetValue<int>());
    }

    /// <summary>TR-07: the audit as a file holds the rows of the page.</summary>
    [Fact]
    public async Task TR07_Export_HoldsOnlyTheOwn()
    {
        foreach (var service in new[] { "identity", "reporting", "supervision", "analytics" })
        {
            var file = await Scene.AskAsync("auditor@A1", "GET", $"/api/{service}/audit?outcome=done", null, ("Accept", "text/csv"));
            Assert.True(file.IsFine, $"{file.Status} {file.Body}");
            Scene.ShowsOnlyOwn("auditor@A1", file);
            var path = (await Scene.AskAsync("auditor@A1", "GET", "/api/identity/me")).Json()["assignments"]![0]!["organisation"]!["path"]!.GetValue<string>();
            Assert.All(file.Body.Split("\r\n").Skip(1).Where(line => line.Length > 0), line => Assert.Contains($",{path}", line, StringComparison.Ordinal));
            var refused = await Scene.AskAsync("county-reviewer@A1", "GET", $"/api/{service}/audit", null, ("Accept", "text/csv"));
            Assert.Equal(403, refused.Status);
        }
    }

    private async Task EachAsync(IEnumerable<string> lists, IEnumerable<string> asked, Action<string, Answer> look) =>
        await Parallel.ForEachAsync(
            from list in lists from part in asked from who in Askers select (list, part, who), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (one, _) => look(one.who, await Scene.AskAsync(one.who, "GET", one.list + one.part)));
}
