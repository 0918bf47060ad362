using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.FillIns;

/// <summary>A teaching point, and a school that fills in for it.</summary>
internal static class FillInArranging
{
    public static async Task<string> PointAsync(this IdentityHost host, string county)
    {
        var code = Arranging.NewSchoolCode();
        using var client = host.Administrator;
        var body = new
        {
            organisations = new[]
            {
                new { code, parentCode = county, nameZh = $"教学点{code}", nameEn = $"Teaching point {code}", levelRoles = new[] { "school" }, kind = "school", schoolType = "teaching-point",
                    urbanRural = "rural", runBy = "education-department", grades = new[] { "g1", "g2" }, validFrom = "2020-09-01" },
            },
        };
        using var response = await client.PostAsync("/api/identity/organisations/batch", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return code;
    }

    public static async Task<HttpResponseMessage> DeclareAsync(this IdentityHost host, HttpClient client, string central, string point, DateOnly? until, params Guid[] assignments)
    {
        var (school, at) = (await host.OrganisationAsync(central), await host.OrganisationAsync(point));
        return await client.PostAsync($"/api/identity/organisations/{school.Id}/fill-ins", new { teachingPointId = at.Id, assignmentIds = assignments, validTo = until });
    }

    public static async Task<JsonElement> DeclaredAsync(this IdentityHost host, HttpClient client, string central, string point, DateOnly? until, params Guid[] assignments)
    {
        using var response = await host.DeclareAsync(client, central, point, until, assignments);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    public static Task<List<Guid>> OpenAsync(this IdentityHost host, Guid person) => host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == person && !a.Removed).Select(a => a.Id).ToListAsync());
}
