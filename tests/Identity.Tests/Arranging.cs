using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Organisation = Gengdu.Identity.Organisations.Organisation;

namespace Gengdu.Identity.Tests;

/// <summary>What tests build before they begin, through the public API.</summary>
internal static class Arranging
{
    private static int _last = 200_000;

    public static Uri At(string path) => new(path, UriKind.Relative);

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, object body) => client.PostAsJsonAsync(At(path), body);

    public static Task<HttpResponseMessage> GetAsync(this HttpClient client, string path) => client.GetAsync(At(path));

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonElement>());

    public static Task<Organisation> OrganisationAsync(this IdentityHost host, string code) =>
        host.InDatabaseAsync(db => db.Organisations.AsNoTracking().SingleAsync(o => o.Code == code && o.ValidTo == null));

    public static object School(string code, string parentCode) => new
    {
        code, parentCode, nameZh = $"学校{code}", nameEn = $"School {code}", levelRoles = new[] { "school" }, kind = "school", schoolType = "primary",
        urbanRural = "town", runBy = "education-department", grades = new[] { "g1", "g2" }, validFrom = "2020-09-01",
    };

    public static string NewSchoolCode() => $"2113{Interlocked.Increment(ref _last):000000}";

    public static async Task<string> SchoolAsync(this IdentityHost host, string parentCode)
    {
        var code = NewSchoolCode();
        using var client = host.Administrator;
        (await client.PostAsync("/api/identity/organisations/batch", new { organisations = new[] { School(code, parentCode) } })).EnsureSuccessStatusCode();
        return code;
    }

    public static object Person(string userName, string role, string organisationCode, string? password = "long enough 1") => new
    {
        userName, displayName = "测试人", password, assignments = new[] { new { role, organisationCode } },
    };

    public static async Task<Guid> PersonAsync(this IdentityHost host, string role, string organisationCode, string? userName = null, string? password = "long enough 1")
    {
        using var client = host.Administrator;
        userName ??= $"person-{Interlocked.Increment(ref _last)}";
        var response = await client.PostAsync("/api/identity/people/batch", new { people = new[] { Person(userName, role, organisationCode, password) } });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("rows")[0].GetProperty("personId").GetGuid();
    }

    /// <summary>Somebody with one role, whoever might have given it.</summary>
    public static async Task<Guid> HolderAsync(this IdentityHost host, string role, string organisationCode)
    {
        var place = await host.OrganisationAsync(organisationCode);
        return await host.InDatabaseAsync(async db =>
        {
            var now = host.Clock.GetUtcNow();
            var person = Gengdu.Identity.People.Person.Create("holder-new", "任职人", new UpperInvariantLookupNormalizer(), now);
            (person.UserName, person.NormalizedUserName) = ($"holder-{person.Id:N}", $"HOLDER-{person.Id:N}".ToUpperInvariant());
            db.AddRange(person, Gengdu.Identity.Assignments.Assignment.Create(person.Id, role, place.Id, new(2020, 9, 1), null, now));
            await db.SaveChangesAsync();
            return person.Id;
        });
    }

    /// <summary>The same with the assignment's id.</summary>
    public static async Task<(Guid Person, Guid Assignment)> HeldAsync(this IdentityHost host, string role, string organisationCode)
    {
        var person = await host.HolderAsync(role, organisationCode);
        return (person, await host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == person).Select(a => a.Id).SingleAsync()));
    }

    /// <summary>A county reviewer's role, delegated for a week.</summary>
    public static async Task<(Guid Holder, Guid Deputy, Guid Delegation)> DelegatedAsync(this IdentityHost host, string countyCode)
    {
        var (holder, original) = await host.HeldAsync(Roles.CountyReviewer, countyCode);
        var deputy = await host.PersonAsync(Roles.Reporter, countyCode);
        using var client = host.CreateClient(holder);
        var response = await client.PostAsync("/api/identity/delegations", new { assignmentId = original, deputyId = deputy, until = host.Today().AddDays(7) });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (holder, deputy, (await response.JsonAsync()).GetProperty("id").GetGuid());
    }

    public static DateOnly Today(this IdentityHost host) => Gengdu.Identity.Organisations.SchoolDay.Of(host.Clock.GetUtcNow());

    public static async Task<HttpClient> AdministratorOfAsync(this IdentityHost host, string code) => host.CreateClient(await host.PersonAsync(Roles.Administrator, code));
}
