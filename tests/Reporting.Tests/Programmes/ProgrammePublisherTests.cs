using Gengdu.Contracts.Reporting.V1;
using Gengdu.Reporting.Programmes;
using Gengdu.Rules;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gengdu.Reporting.Tests.Programmes;

public sealed class ProgrammePublisherTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Start_StoresAndTellsEachVersionOnce()
    {
        var stored = await fixture.Host.InDatabaseAsync(db => db.ProgrammeVersions.SingleAsync(v => v.Version == TestPack.Programme.Version));
        var told = await fixture.Host.Events.WaitForAsync<ProgrammePublished>(e => e.ProgrammeVersion == stored.Version);
        Assert.Equal((stored.ContentHash, stored.Bundle), (told.ContentHash, told.Bundle));
        Assert.Single(fixture.Host.Events.Published<ProgrammePublished>());
        Assert.Equal(stored.ContentHash, ProgrammeCatalogue.HashOf(ProgrammeReader.FromJson(stored.Bundle)));
    }

    [Fact]
    public async Task Ready_SaysThatTheProgrammesAreStored()
    {
        using var client = fixture.Host.CreateClient();
        using var response = await client.GetAsync("/health/ready");
        Assert.Equal("Healthy", (await ReportingFixture.BodyAsync(response)).GetProperty("checks").GetProperty("programmes").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Start_SameVersionWithOtherContent_StopsTheService()
    {
        await using var host = new ReportingHost();
        await host.InitializeAsync();
        await host.Services.GetRequiredService<ProgrammePublisher>().WhenPublishedAsync(default);
        await host.InDatabaseAsync(db => db.ProgrammeVersions.ExecuteUpdateAsync(v => v.SetProperty(x => x.ContentHash, "0000")));
        var before = Environment.ExitCode;
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await ActivatorUtilities.CreateInstance<ProgrammePublisher>(host.Services).StartAsync(default);
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(10), stopping));
        var (stopped, code) = (stopping.IsCancellationRequested, Environment.ExitCode);
        Environment.ExitCode = before;
        Assert.Equal((true, 1), (stopped, code));
    }

    [Fact]
    public async Task Start_BrokenPack_IsRefusedWithFileAndLine()
    {
        var folder = Directory.CreateTempSubdirectory("gengdu-pack").FullName;
        try
        {
            Copy(RepositoryRoot.Combine("programmes"), folder);
            var file = Path.Combine(folder, "labor-education", "modules", "basic-information.json");
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"boarders <= sum(students)\"", "\"boarders <= sum(studnets)\"", StringComparison.Ordinal));
            await using var host = new BrokenPackHost(folder);
            var fault = await Record.ExceptionAsync(async () => await host.InitializeAsync());
            Assert.NotNull(fault);
            Assert.Matches("basic-information.json:[0-9]+:[0-9]+: .*studnets", fault.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Start_NoPackInTheFolder_SaysWhatToDo()
    {
        await using var host = new BrokenPackHost("/nowhere");
        var fault = await Record.ExceptionAsync(async () => await host.InitializeAsync());
        Assert.Contains("Programmes:Directory", fault?.ToString(), StringComparison.Ordinal);
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

    private sealed class BrokenPackHost(string folder) : ServiceFixture<Program, Gengdu.Reporting.Data.ReportingDbContext>("reporting")
    {
        protected override void Configure(IDictionary<string, string?> settings) => settings["Programmes:Directory"] = folder;
    }
}
