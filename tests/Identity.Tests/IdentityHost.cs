using Gengdu.Identity.Data;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests;

/// <summary>Identity as it runs, with its bootstrapped administrator and the real divisions of Hebei.</summary>
internal class IdentityHost() : ServiceFixture<Program, IdentityDbContext>("identity")
{
    public const string AdministratorName = "admin";
    public const string AdministratorPassword = "correct horse battery";

    public Guid AdministratorId { get; private set; }

    public HttpClient Administrator => CreateClient(AdministratorId);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var anonymous = CreateClient();
        for (var attempt = 0; !(await anonymous.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode; attempt++)
        {
            Assert.True(attempt < 400, "identity does not get ready");
            await Task.Delay(50);
        }

        AdministratorId = await InDatabaseAsync(db => db.People.Where(p => p.UserName == AdministratorName).Select(p => p.Id).SingleAsync());
        (await Administrator.PostAsync(new Uri("/api/identity/divisions", UriKind.Relative), await DivisionsAsync())).EnsureSuccessStatusCode();
    }

    public static async Task<StringContent> DivisionsAsync() =>
        new(await File.ReadAllTextAsync(RepositoryRoot.Combine("data", "divisions.csv")), null, "text/csv");

    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Bootstrap:UserName"] = AdministratorName;
        settings["Bootstrap:Password"] = AdministratorPassword;
        settings["Identity:GatewayClientSecret"] = "gateway-secret-of-tests";
        settings["Identity:GatewayAddress"] = "http://localhost:8080";
        settings["PasswordHashing:Iterations"] = "1000";
        settings["Identity:SecondFactor:Required"] = "false";
        // All tests come from one address, and most of their clocks stand still.
        settings["Identity:SignIn:AddressFailures"] = "100000";
        settings["Identity:SignIn:GlobalFailures"] = "100000";
    }
}

/// <summary>One host and one database per test class; the host's type is internal like the service it runs.</summary>
public sealed class IdentityFixture : IAsyncLifetime
{
    internal IdentityHost Host { get; } = new();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
