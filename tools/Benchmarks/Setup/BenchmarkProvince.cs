using System.Security.Cryptography;
using Gengdu.Province;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;

namespace Gengdu.Benchmarks.Setup;

/// <summary>
/// A small demo province with as many approvers as there are clients, each signed in and responsible for a share of the
/// schools, as at a deadline many people submit and nobody submits everything.
/// </summary>
internal sealed class BenchmarkProvince : IDisposable
{
    private const string Province = "130000";
    private readonly Dictionary<string, int> _numbers;
    private (Uri Address, string Password) _door;

    private BenchmarkProvince(IReadOnlyList<Division> divisions, IReadOnlyList<School> schools) =>
        (Divisions, Schools, _numbers) = (divisions, schools, schools.Select((s, i) => (s.Code, i)).ToDictionary(s => s.Code, s => s.i));

    public IReadOnlyList<Division> Divisions { get; }

    public IReadOnlyList<School> Schools { get; }

    public required Session Owner { get; init; }

    /// <summary>Reviews the first county that has schools.</summary>
    public required Session County { get; init; }

    public required string CountyCode { get; init; }

    public required IReadOnlyList<Session> Reporters { get; init; }

    public required IReadOnlyList<Session> Approvers { get; init; }

    public static async Task<BenchmarkProvince> LoadAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        const int Reporters = 8;
        var divisions = Division.Read(options.DivisionsFile);
        var schools = Gengdu.Province.Make.Schools.Make(divisions, options.Schools, seed: 1);
        var password = RandomNumberGenerator.GetHexString(20);
        var people = new List<Person> { new("bench-owner", "基准测试 省级", password, [new("province-owner", Province)]), new("bench-county", "基准测试 县级", password, [new("county-reviewer", schools[0].ParentCode)]) };
        people.AddRange(Cast("reporter", Reporters));
        people.AddRange(Cast("approver", options.Clients));
        using (var administrator = await Session.SignInAsync(options.Address, options.AdministratorName, options.AdministratorPassword, cancellationToken))
        {
            var register = new Register(administrator, new Steps(interactive: false));
            await register.DivisionsAsync(options.DivisionsFile, cancellationToken);
            await register.SchoolsAsync(schools, cancellationToken);
            await register.PeopleAsync(people, cancellationToken);
        }

        return new(divisions, schools)
        {
            _door = (options.Address, password),
            Owner = await SignInAsync("bench-owner"),
            County = await SignInAsync("bench-county"),
            CountyCode = schools[0].ParentCode,
            Reporters = await SignInAllAsync("reporter", Reporters),
            Approvers = await SignInAllAsync("approver", options.Clients),
        };

        IEnumerable<Person> Cast(string role, int count) => Enumerable.Range(0, count).Select(n => new Person(
            $"bench-{role}-{n}", $"基准测试 {role} {n}", password, [.. schools.Where((_, i) => i % count == n).Select(s => new PersonAssignment(role, s.Code))]));

        Task<Session> SignInAsync(string name) => Session.SignInAsync(options.Address, name, password, cancellationToken);

        async Task<IReadOnlyList<Session>> SignInAllAsync(string role, int count)
        {
            var sessions = new List<Session>();
            for (var n = 0; n < count; n++)
            {
                sessions.Add(await SignInAsync($"bench-{role}-{n}"));
            }

            return sessions;
        }
    }

    /// <summary>Which of the schools; its reporter and approver are this number modulo their count.</summary>
    public int? NumberOf(string schoolCode) => _numbers.TryGetValue(schoolCode, out var number) ? number : null;

    /// <summary>One approver signs in with another browser.</summary>
    public Task<bool> TrySignInAsync(int approver, CancellationToken cancellationToken) =>
        Session.CanSignInAsync(_door.Address, $"bench-approver-{approver}", _door.Password, cancellationToken);

    public void Dispose()
    {
        Owner.Dispose();
        County.Dispose();
        foreach (var session in Reporters.Concat(Approvers))
        {
            session.Dispose();
        }
    }
}
