using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.System.Tests;

/// <summary>A service that starts without what it needs says what is missing and what to do, and waits for what comes late.</summary>
public sealed class StartingTests
{
    [Theory]
    [InlineData("identity", "ConnectionStrings__Postgres", "ConnectionStrings:Postgres")]
    [InlineData("reporting", "ConnectionStrings__RabbitMq", "ConnectionStrings:RabbitMq")]
    [InlineData("supervision", "Identity__Issuer", "Identity:Issuer")]
    [InlineData("analytics", "ConnectionStrings__Postgres", "ConnectionStrings:Postgres")]
    [InlineData("gateway", "Identity__Issuer", "Identity:Issuer")]
    public async Task Start_ConfigurationMissing_EndsAndNamesIt(string service, string missing, string named)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var place = await PlaceAsync(cancel);
        var settings = place.Settings(service);
        settings.Remove(missing);

        await using var running = RunningService.Start(service, settings);
        await running.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromSeconds(60), cancel);

        Assert.NotEqual(0, running.ExitCode);
        Assert.Contains(named, running.Output, StringComparison.Ordinal);
        Assert.Contains("missing", running.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PostgresComesUpLate_SaysSoAndGoesOnByItself()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var place = await PlaceAsync(cancel);
        await using (var migration = RunningService.Start("supervision", place.Settings("supervision"), "migrate"))
        {
            await migration.WaitForExitAsync(cancel);
        }

        var server = new NpgsqlConnectionStringBuilder(place.Postgres["supervision"]);
        await using var line = new TcpForwarder(server.Host!, server.Port);
        var port = line.Reserve();
        var settings = place.Settings("supervision");
        settings["ConnectionStrings__Postgres"] = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = port }.ConnectionString;
        await using var running = RunningService.Start("supervision", settings);
        await Eventually.BecomesAsync(() => Task.FromResult(running.Output), said => said.Contains($"127.0.0.1:{port}", StringComparison.Ordinal), "the service names the database it waits for", cancel);
        Assert.False(running.HasExited, running.Output);
        Assert.False(await place.IsReadyAsync("supervision"));

        line.Open(port);

        await Eventually.BecomesAsync(() => place.IsReadyAsync("supervision"), ready => ready, "the service is ready by itself", cancel, seconds: 60);
    }

    [Fact]
    public async Task Start_BrokenProgrammePack_EndsAndNamesFileAndLine()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var place = await PlaceAsync(cancel);
        var pack = Directory.CreateTempSubdirectory("gengdu-pack");
        Copy(RepositoryRoot.Combine("programmes"), pack.FullName);
        var module = Path.Combine(pack.FullName, "labor-education", "modules", "safety.json");
        await File.WriteAllTextAsync(module, (await File.ReadAllTextAsync(module, cancel)).Replace("hazards_fixed <= hazards_found", "hazards_fixed <= hazards_lost", StringComparison.Ordinal), cancel);
        var settings = place.Settings("reporting");
        settings["Programmes__Directory"] = pack.FullName;

        await using var running = RunningService.Start("reporting", settings);
        await running.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromSeconds(60), cancel);

        Assert.NotEqual(0, running.ExitCode);
        Assert.Contains("safety.json", running.Output, StringComparison.Ordinal);
        Assert.Contains("hazards_lost", running.Output, StringComparison.Ordinal);
        pack.Delete(recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static Task<Place> PlaceAsync(CancellationToken cancel) => Place.CreateAsync(cancel);
}
