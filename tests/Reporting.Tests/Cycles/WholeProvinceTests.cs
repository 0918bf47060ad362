using System.Diagnostics;
using System.Text.Json.Nodes;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Reporting.Programmes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using System.Net.Http.Json;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

/// <summary>At the size of the real province: 14,858 schools with ten modules each.</summary>
public sealed class WholeProvinceTests : IAsyncLifetime
{
    private const int Schools = 14_858;
    private readonly ReportingHost _host = new();

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.Services.GetRequiredService<ProgrammePublisher>().WhenPublishedAsync(default);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Opening_FreezesEveryoneInSeconds_AndListsStayQuick()
    {
        var county = _host.Province.Changan;
        await _host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""
            insert into organisations (id, parent_id, path, code, name_zh, name_en, level_roles, kind, school_type, grades, valid_from, version)
            select gen_random_uuid(), {county.Id}, {county.Path} || (1000 + i) || '/', '2113' || lpad((100000 + i)::text, 6, '0'), '第' || i || '小学', 'School ' || i,
              array['school'], 'school', 'primary', array['g1','g2','g3','g4','g5','g6'], date '2020-09-01', 1
            from generate_series(1, {Schools - 5}) i
            """));
        using var owner = _host.CreateClient(await _host.Province.PersonAsync(Roles.ProvinceOwner, _host.Province.Root));
        var request = CycleRequest(_host.Clock.GetUtcNow());
        request["moduleKeys"] = new JsonArray([.. TestPack.Programme.Modules.Select(m => (JsonNode)m.Key)]);
        using var created = await owner.PostAsJsonAsync("/api/reporting/cycles", request);
        var id = (await BodyAsync(created, 201)).GetProperty("id").GetGuid();

        var watch = Stopwatch.StartNew();
        using var opening = await owner.PostAsync($"/api/reporting/cycles/{id}/opening", null);
        var cycle = await BodyAsync(opening);
        var took = watch.Elapsed;
        TestContext.Current.SendDiagnosticMessage($"Opening {cycle.GetProperty("rosterSize").GetInt32()} reports took {took.TotalSeconds:0.0} s");
        Assert.Equal(Schools + 8, cycle.GetProperty("rosterSize").GetInt32());
        Assert.Equal(Schools * 10 + 8, await _host.InDatabaseAsync(db => db.ModuleReports.CountAsync(m => m.CycleId == id)));
        // A few seconds on a quiet machine; the bound is for one that runs many test projects at once.
        Assert.True(took < TimeSpan.FromMinutes(2), $"{took}");

        var opened = await _host.Events.WaitForAsync<CycleOpened>(e => e.CycleId == id);
        await _host.Events.WaitForAsync<CycleRosterPublished>(e => e.CycleId == id && _host.Events.Published<CycleRosterPublished>().Count(p => p.CycleId == id) == opened.RosterParts);
        Assert.Equal(Schools + 8, _host.Events.Published<CycleRosterPublished>().Where(p => p.CycleId == id).Sum(p => p.Entries.Count));

        foreach (var filter in new[] { "", "&state=not-started", "&state=in-progress", "&search=第77", "&level=county" })
        {
            watch.Restart();
            using var list = await owner.GetAsync($"/api/reporting/reports?cycleId={id}&page=20&pageSize=50{filter}");
            await BodyAsync(list);
            TestContext.Current.SendDiagnosticMessage($"List '{filter}' took {watch.ElapsedMilliseconds} ms");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{filter}: {watch.Elapsed}");
        }
    }
}
