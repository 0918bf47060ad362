using Gengdu.Province;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Running;

/// <summary>The platform with a small province in it that has played half a semester; four schools are left untouched.</summary>
public class ProvinceFixture : IAsyncLifetime
{
    private readonly Dictionary<string, Session> _sessions = [];

    internal GengduSystem System { get; private set; } = null!;

    internal LoadOptions Options { get; private set; } = null!;

    internal People People { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        System = await GengduSystem.StartAsync(CancellationToken.None);
        Options = Vary(new LoadOptions
        {
            Address = System.Address,
            Schools = 42,
            Seed = 1,
            AdministratorName = GengduSystem.Administrator,
            AdministratorPassword = System.Password,
            Password = System.Password,
            AuditorName = GengduSystem.Auditor,
            AccountsFile = Path.Combine(Path.GetTempPath(), $"gengdu-accounts-{Environment.ProcessId}-{System.Address.Port}.txt"),
            DivisionsFile = RepositoryRoot.Combine("data", "divisions.csv"),
            Parallel = 6,
            // 0 is the whole semester's, 1 and 2 that of the pages at two widths, 3 that of signing, keeping and switching.
            Untouched = 4,
            // Past and registers are played in LogsTests, and by ./run.
            PastSchools = 0,
            Registers = false,
        });
        var divisions = Division.Read(Options.DivisionsFile);
        People = new People(divisions, Schools.Make(divisions, Options.Schools, Options.Seed), Options.Password, Options.Untouched);
        await new ProvinceLoader(Options).RunAsync(CancellationToken.None);
    }

    /// <summary>A signed-in person, signed in once per run.</summary>
    internal async Task<Session> SignedInAsync(string userName, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGetValue(userName, out var session))
        {
            _sessions[userName] = session = await Session.SignInAsync(System.Address, userName, Options.Password, cancellationToken);
        }

        return session;
    }

    /// <summary>What another province has other than this one.</summary>
    private protected virtual LoadOptions Vary(LoadOptions plain) => plain;

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }

        // When the platform did not start, that fault is to be read, not one of cleaning up.
        if (System is not null)
        {
            File.Delete(Options.AccountsFile);
            await System.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>Tests that share the loaded province; they run one after another.</summary>
[CollectionDefinition(nameof(ProvinceShared))]
public sealed class ProvinceShared : ICollectionFixture<ProvinceFixture>;
