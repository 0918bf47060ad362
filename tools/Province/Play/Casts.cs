using System.Collections.Concurrent;
using Gengdu.Province.Api;
using Gengdu.Province.Make;

namespace Gengdu.Province.Play;

/// <summary>The signed-in sessions of the people who are played.</summary>
internal sealed class Casts : IDisposable
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new();

    public Session this[string userName] => _sessions[userName];

    public static async Task<Casts> SignInAsync(LoadOptions options, People people, Steps steps, CancellationToken cancellationToken)
    {
        var casts = new Casts();
        var names = people.CityCodes
            .SelectMany(c => new[] { People.Clerk(c, "reporter"), People.Clerk(c, "approver"), People.Supervisor(c) })
            .Concat(options.PastSchools == 0 ? [] : Enumerable.Range(0, people.Untouched.Count).SelectMany(i => new[] { People.Own("reporter", i), People.Own("approver", i) }))
            .Concat(people.All().Select(p => p.UserName).Where(n => n.StartsWith("county-", StringComparison.Ordinal))).ToList();
        await steps.RunAsync("sign-ins 登录", names.Count, async done =>
            await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken }, async (name, cancel) =>
            {
                casts._sessions[name] = await Session.SignInAsync(options.Address, name, options.Password, cancel);
                done(1);
            }));
        return casts;
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }
    }
}
