using System.Collections.Concurrent;
using System.Diagnostics;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.System.Tests.Running;

namespace Gengdu.System.Tests.Scope.World;

/// <summary>The platform with the province of the matrix in it, and everybody's tokens.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const string SystemSecret = "city-system-secret-of-a-test";
    private const string FirstSecurity = "first-security";
    private const string FirstAuditor = "first-auditor";
    private readonly ConcurrentDictionary<string, Tokens> _tokens = new();
    // A token lives five minutes; a slow run takes longer.
    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(3);
    private readonly ConcurrentDictionary<string, (string Token, long At)> _systemTokens = new();
    private readonly HttpClient _http;
    private Dictionary<string, long> _versions = [];
    private long _disabledAt;

    private Scene(GengduSystem system)
    {
        (Platform, Rows) = (system, new Rows(system.Database));
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 32 })
        {
            BaseAddress = system.Address, Timeout = TimeSpan.FromMinutes(1),
        };
    }

    public GengduSystem Platform { get; }

    public Rows Rows { get; }

    public Canaries Canaries { get; } = new();

    public IReadOnlyDictionary<string, Owner> Owners { get; private set; } = new Dictionary<string, Owner>();

    public IReadOnlyDictionary<string, Guid> PersonIds { get; private set; } = new Dictionary<string, Guid>();

    public Guid CycleId { get; private set; }

    /// <summary>Planned, for those who may open and close one.</summary>
    public Guid SpareCycleId { get; private set; }

    /// <summary>More time, asked for by the school of the controls; waits for an answer.</summary>
    public Guid ExtensionRequestId { get; private set; }

    /// <summary>An exemption of that school, asked for by its county; waits for an answer.</summary>
    public Guid ExemptionRequestId { get; private set; }

    public string ProgrammeVersion { get; private set; } = "";

    /// <summary>The organisation's version as it was last looked up: changes of the tree name what they saw.</summary>
    public long VersionOf(Owner owner) => _versions.GetValueOrDefault(owner.Place, 1);

    /// <summary>Looks the versions up again, and sees to it that the tokens that are good for nothing say who asks.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await DisableAgainAsync(cancellationToken);
        var byCode = await Rows.PairsAsync("select id::text, version::text from identity.organisations", cancellationToken);
        _versions = Owners.Values.ToDictionary(owner => owner.Place, owner => long.Parse(byCode[owner.Id.ToString()], global::System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>How long it took to build.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>The schools whose forms are filled in: two of each county, and those where the positive controls act.</summary>
    public static IReadOnlyList<string> Filled { get; } = [Tree.Province, .. Tree.Cities, .. Tree.Counties, .. Tree.Counties.SelectMany(county => new[] { $"{county}S1", $"{county}S2" }), "A1S3", Cast.ControlPlace];

    /// <summary>A zone of city C with county level, where a school can move to without anybody of the cast gaining it.</summary>
    public Guid ZoneId { get; private set; }

    /// <summary>Where nothing is delegated, for the control that does.</summary>
    public const string Undelegated = "A2S2";

    /// <summary>The one school that is a teaching point, and who fills in for it: A3S2 does, A3S3 did, A3S1 does not yet.</summary>
    public const string TeachingPoint = "A3S4";

    public Guid FillInId { get; private set; }

    public Guid EndedFillInId { get; private set; }

    public static async Task<Scene> BuildAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var scene = new Scene(await GengduSystem.StartAsync(cancellationToken, more: Settings));
        try
        {
            await scene.EnterAsync(cancellationToken);
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }

        scene.Took = Stopwatch.GetElapsedTime(started);
        return scene;
    }

    /// <summary>A service's token of somebody; null for who has none.</summary>
    public async Task<string?> TokenAsync(Identity who, string service, CancellationToken cancellationToken) => who.Standing switch
    {
        Standing.Anonymous => null,
        Standing.System => _systemTokens.TryGetValue(service, out var known) && TimeProvider.System.GetElapsedTime(known.At) < TokenAge ? known.Token
            : (_systemTokens[service] = (await Tokens.OfSystemAsync(Platform.Address, _http, who.Name, SystemSecret, service, cancellationToken), TimeProvider.System.GetTimestamp())).Token,
        _ => await _tokens.GetOrAdd(who.Name, name => new(Platform.Address, name, Platform.Password)).ForAsync(service, _http, cancellationToken),
    };

    /// <summary>Nothing follows a redirect, unpacks or keeps cookies: what comes is what was sent.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _http.SendAsync(request, cancellationToken);

    /// <summary>A browser's session of somebody.</summary>
    public Task<Session> SignInAsync(Identity who, CancellationToken cancellationToken) => Session.SignInAsync(Platform.Address, who.Name, Platform.Password, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var tokens in _tokens.Values)
        {
            tokens.Dispose();
        }

        _http.Dispose();
        await Platform.DisposeAsync();
    }

    private static IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Bootstrap__SecurityUserName"] = FirstSecurity,
        ["Bootstrap__SecurityPassword"] = SystemSecret,
        ["Bootstrap__AuditUserName"] = FirstAuditor,
        ["Bootstrap__AuditPassword"] = SystemSecret,
        [$"Identity__Clients__{Tokens.Client}__Public"] = "true",
        [$"Identity__Clients__{Tokens.Client}__RedirectUris__0"] = Tokens.Callback,
        [$"Identity__Clients__{Cast.System.Name}__Secret"] = SystemSecret,
        [$"Identity__Clients__{Cast.System.Name}__Grants__0"] = "client_credentials",
        [$"Identity__Clients__{Cast.System.Name}__Scopes__0"] = "figures:read",
        [$"Identity__Clients__{Cast.System.Name}__Audiences__0"] = "identity",
        [$"Identity__Clients__{Cast.System.Name}__Audiences__1"] = "reporting",
        [$"Identity__Clients__{Cast.System.Name}__Audiences__2"] = "supervision",
        [$"Identity__Clients__{Cast.System.Name}__Audiences__3"] = "analytics",
    };

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("GENGDU_SCOPE_ROW_SECURITY") == "off")
        {
            await Rows.DoAsync(NoRowSecurity, cancellationToken);
        }

        using var administrator = await Session.SignInAsync(Platform.Address, GengduSystem.Administrator, Platform.Password, cancellationToken);
        using var security = await Session.SignInAsync(Platform.Address, FirstSecurity, SystemSecret, cancellationToken);
        using var audit = await Session.SignInAsync(Platform.Address, FirstAuditor, SystemSecret, cancellationToken);
        var registration = new Registration(administrator, security, audit, Rows, Platform.Password);
        (Owners, ZoneId) = await registration.TreeAsync(cancellationToken);
        PersonIds = await registration.PeopleAsync(Owners, Filled, cancellationToken);
        await registration.DelegateAsync(Filled.Where(place => place is not (Cast.ControlPlace or Undelegated)).Select(place => Owners[place]), cancellationToken);
        (FillInId, EndedFillInId) = await registration.FillInAsync(Owners["A3S2"], Owners["A3S3"], Owners[TeachingPoint], cancellationToken);
        var tokens = GetTokensAsync(cancellationToken);
        using var owner = await SignInAsync(Cast.Find("province-owner@P"), cancellationToken);
        var programme = await OpenCycle.ProgrammeAsync(owner, cancellationToken);
        ProgrammeVersion = programme["programme"]!["version"]!.GetValue<string>();
        CycleId = await OpenCycle.PlanAndOpenAsync(owner, programme,
            [.. Tree.All.Where(place => Tree.Level(place) != "school").Select(place => new Division(Tree.Code(place), "", "", "", [Tree.Level(place)], "division"))],
            [.. Tree.Schools.Select(place => Filling.SchoolOf(Owners[place]))], cancellationToken);
        SpareCycleId = (await owner.PostAsync("/api/reporting/cycles", Routes.ReportingRoutes.NewCycle(), cancellationToken))["id"]!.GetValue<Guid>();
        await RightsArriveAsync(cancellationToken);
        var filling = new Filling(Platform.Address, Platform.Password, owner, CycleId, programme, Owners);
        await filling.RunAsync(Filled, cancellationToken);
        var reviewing = new Reviewing(Platform.Address, Platform.Password, owner, CycleId, Rows, Owners);
        await reviewing.RunAsync(Filled, cancellationToken);
        await reviewing.SampleAsync(cancellationToken);
        await filling.ReadAsync(cancellationToken);
        await AskAsync(Owners[Cast.ControlPlace], cancellationToken);
        await tokens;
        await DisableAsync(administrator, cancellationToken);
        Mark();
        await Rows.SettleAsync(cancellationToken);
    }

    private async Task AskAsync(Owner school, CancellationToken cancellationToken)
    {
        using var reporter = await SignInAsync(Cast.Find($"reporter@{school.Place}"), cancellationToken);
        ExtensionRequestId = (await reporter.PostAsync($"/api/reporting/cycles/{CycleId}/extension-requests",
            new { organisationId = school.Id, until = TimeProvider.System.GetUtcNow().AddDays(60), reason = "matrix" }, cancellationToken))["id"]!.GetValue<Guid>();
        using var county = await SignInAsync(Cast.Find($"county-reviewer@{Tree.Parent(school.Place)}"), cancellationToken);
        ExemptionRequestId = (await county.PostAsync($"/api/reporting/reports/{school.ReportId}/exemption-request",
            new { cause = "other", reason = "matrix", document = "matrix" }, cancellationToken))["id"]!.GetValue<Guid>();
    }

    private Task GetTokensAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Cast.All, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (who, cancel) =>
        {
            foreach (var service in GengduSystem.Services.Where(service => service != "gateway"))
            {
                await TokenAsync(who, service, cancel);
            }
        });

    private async Task RightsArriveAsync(CancellationToken cancellationToken)
    {
        var all = await Rows.NumberAsync("select count(*) from identity.assignments", cancellationToken);
        foreach (var service in new[] { "reporting", "supervision", "analytics" })
        {
            await Eventually.BecomesAsync(() => Rows.NumberAsync($"select count(*) from {service}.assignments", cancellationToken), n => n >= all, $"{service} knows {all} assignments", cancellationToken, 60);
        }
    }

    private async Task DisableAsync(Session administrator, CancellationToken cancellationToken)
    {
        foreach (var who in Cast.All.Where(who => who.Standing == Standing.Disabled))
        {
            _tokens[who.Name].IsFrozen = true;
            await administrator.PutAsync($"/api/identity/people/{PersonIds[who.Name]}/disabled", cancellationToken);
        }

        _disabledAt = TimeProvider.System.GetTimestamp();
    }

    /// <summary>A token that is over names nobody, and a slow run outlives it: the disabled sign in anew and are disabled again.</summary>
    private async Task DisableAgainAsync(CancellationToken cancellationToken)
    {
        if (TimeProvider.System.GetElapsedTime(_disabledAt) < TokenAge)
        {
            return;
        }

        using var administrator = await Session.SignInAsync(Platform.Address, GengduSystem.Administrator, Platform.Password, cancellationToken);
        foreach (var who in Cast.All.Where(who => who.Standing == Standing.Disabled))
        {
            await administrator.DeleteAsync($"/api/identity/people/{PersonIds[who.Name]}/disabled", cancellationToken);
            _tokens.Remove(who.Name, out var old);
            old?.Dispose();
        }

        await GetTokensAsync(cancellationToken);
        await DisableAsync(administrator, cancellationToken);
        await Rows.SettleAsync(cancellationToken);
        foreach (var (who, service) in Cast.All.Where(who => who.Standing == Standing.Disabled).SelectMany(who => GengduSystem.Services.Where(service => service != "gateway").Select(service => (who, service))))
        {
            await Eventually.BecomesAsync(
                async () => (await Answer.AskAsync(this, who, service, new(HttpMethod.Get, $"/api/{service}/nothing"), cancellationToken)).Status,
                status => status == 401, $"{service} refuses {who.Name}", cancellationToken);
        }
    }

    private void Mark()
    {
        foreach (var at in Owners.Values)
        {
            Canaries.Know(at.Id, at.Place, Canaries.Name);
            Canaries.Know(at.PersonId, at.Place, Canaries.Person);
            Canaries.Know(at.ReportId, at.Place, Canaries.Report);
            foreach (var id in new[] { at.UrgeId, at.SampleId, at.DispatchId }.Where(id => id != default))
            {
                Canaries.Know(id, at.Place, Canaries.Report);
            }

            foreach (var module in at.Modules)
            {
                Canaries.Know(module.Id, at.Place, Canaries.Report);
                Canaries.Know(module.ReviewId, at.Place, Canaries.Report);
            }
        }
    }

    // The second fence would hide a hole in the first: the drill looks at the first alone.
    private const string NoRowSecurity = """
        do $$ declare t record; begin
          for t in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('identity', 'reporting', 'supervision', 'analytics') and c.relkind in ('r', 'p') and (c.relrowsecurity or c.relforcerowsecurity)
          loop execute format('alter table %s disable row level security, no force row level security', t.name); end loop;
        end $$
        """;
}
