using Gengdu.Identity.People;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.People;

public sealed class BootstrapTests
{
    [Fact]
    public async Task Start_WithThreeNames_MakesOneOfEachKindAndNeverASecond()
    {
        await using var host = new ThreeHost("security", "auditing");
        await host.InitializeAsync();
        var roles = await host.InDatabaseAsync(db => db.Assignments.Join(db.People, a => a.PersonId, p => p.Id, (a, p) => p.UserName + " " + a.Role).Order().ToListAsync());
        Assert.Equal([$"admin {Roles.Administrator}", $"auditing {Roles.Auditor}", $"security {Roles.SecurityAdministrator}"], roles);
        foreach (var name in new[] { "security", "auditing" })
        {
            using var client = host.CreateClient(await host.InDatabaseAsync(db => db.People.Where(p => p.UserName == name).Select(p => p.Id).SingleAsync()));
            Assert.Single((await (await client.GetAsync("/api/identity/me")).JsonAsync()).GetProperty("assignments").EnumerateArray());
        }
    }

    [Fact]
    public async Task Start_WithOneNameForTwo_LeavesThemApart()
    {
        await using var host = new ThreeHost("one-person", "ONE-person");
        await host.InitializeAsync();
        var kinds = await host.InDatabaseAsync(db => db.Assignments.Select(a => a.Role).Order().ToListAsync());
        Assert.Equal([Roles.Administrator, Roles.SecurityAdministrator], kinds);
    }

    [Theory]
    [InlineData("abc", "long enough 1", true)]
    [InlineData("ab", "long enough 1", false)]
    [InlineData("abc", "short", false)]
    [InlineData(null, "long enough 1", false)]
    [InlineData("abc", null, false)]
    public void IsGood_NeedsBoth(string? userName, string? password, bool good) => Assert.Equal(good, BootstrapOptions.IsGood(userName, password));

    private sealed class ThreeHost(string security, string audit) : IdentityHost
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            (settings["Bootstrap:SecurityUserName"], settings["Bootstrap:SecurityPassword"]) = (security, "a long password 2");
            (settings["Bootstrap:AuditUserName"], settings["Bootstrap:AuditPassword"]) = (audit, "a long password 3");
        }
    }
}
