using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class CreateCycleTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_ByTheProvince_IsPlannedWithThePacksVersion()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await owner.PostAsJsonAsync("/api/reporting/cycles", CycleRequest(fixture.Now, ["curriculum", "basic-information"]));
        var cycle = await BodyAsync(response, 201);
        Assert.Equal(("planned", TestPack.Programme.Version, 0), (cycle.GetProperty("state").GetString(), cycle.GetProperty("programmeVersion").GetString(), cycle.GetProperty("rosterSize").GetInt32()));
        Assert.Equal(["basic-information", "curriculum"], cycle.GetProperty("moduleKeys").EnumerateArray().Select(k => k.GetString()));
        Assert.Equal($"/api/reporting/cycles/{cycle.GetProperty("id").GetGuid()}", response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.CitySupervisor)]
    public async Task Post_ByAnyoneElse_IsForbidden(string role)
    {
        using var client = await fixture.ClientAsync(role, fixture.Province.Root);
        using var response = await client.PostAsJsonAsync("/api/reporting/cycles", CycleRequest(fixture.Now));
        await RefusedAsync(response, 403, "GEN-0005");
    }

    [Fact]
    public async Task Post_ModuleThatIsNotInTheProgramme_IsRefusedAtItsPlace()
    {
        var problem = await RefuseAsync(c => c["moduleKeys"] = new JsonArray("curriculum", "astrology"), 422, "RPT-0204");
        Assert.Equal("moduleKeys/1", problem.GetProperty("errors")[0].GetProperty("at").GetString());
    }

    [Fact]
    public async Task Post_UnknownProgramme_IsRefused() => await RefuseAsync(c => c["programmeKey"] = "astrology", 422, "RPT-0102");

    [Fact]
    public async Task Post_EveryFieldWrong_NamesEachField()
    {
        var problem = await RefuseAsync(
            c =>
            {
                c["nameZh"] = " ";
                c["nameEn"] = new string('x', 201);
                c["period"] = new JsonObject { ["key"] = "Herbst 2026", ["academicYear"] = "2026-2028", ["start"] = "2026-09-01", ["end"] = "2026-09-01", ["fiscalYear"] = 26 };
                c["graceMinutes"] = -1;
                c["deadlines"]!["school"] = c["opensAt"]!.DeepClone();
            },
            422, "GEN-0011");
        Assert.Equal(
            ["nameZh", "nameEn", "period.key", "period.academicYear", "period.end", "period.fiscalYear", "graceMinutes", "deadlines.school"],
            problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("at").GetString()));
    }

    [Fact]
    public async Task Post_NoModules_IsRefused() => await RefuseAsync(c => c["moduleKeys"] = new JsonArray(), 422, "GEN-0011");

    [Fact]
    public async Task Post_MissingMemberUnknownMemberOrNoDate_IsRefusedAndNothingStored()
    {
        var before = await fixture.Host.InDatabaseAsync(db => db.Cycles.CountAsync(c => c.NameEn == "Refused"));
        await RefuseAsync(c => c.Remove("deadlines"), 400, "GEN-0001");
        await RefuseAsync(c => c["surprise"] = 1, 400, "GEN-0002");
        await RefuseAsync(c => c["opensAt"] = "soon", 400, "GEN-0001");
        Assert.Equal(before, await fixture.Host.InDatabaseAsync(db => db.Cycles.CountAsync(c => c.NameEn == "Refused")));
    }

    private async Task<System.Text.Json.JsonElement> RefuseAsync(Action<JsonObject> spoil, int status, string code)
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var request = CycleRequest(fixture.Now);
        request["nameEn"] = "Refused";
        spoil(request);
        using var response = await owner.PostAsJsonAsync("/api/reporting/cycles", request);
        return await RefusedAsync(response, status, code);
    }
}
