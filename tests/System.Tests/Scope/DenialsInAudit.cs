using System.Collections.Concurrent;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>Whether every refusal of a stretch of asking stands in the service's audit, under the name of who was refused.</summary>
internal sealed class DenialsInAudit
{
    private readonly Scene _scene;
    private readonly string _service;
    private readonly long _from;
    private readonly ConcurrentDictionary<string, int> _refused = new();

    private DenialsInAudit(Scene scene, string service, long from) => (_scene, _service, _from) = (scene, service, from);

    public static async Task<DenialsInAudit> BeginAsync(Scene scene, string service, CancellationToken cancellationToken)
    {
        await scene.Rows.AuditedAsync(service, cancellationToken);
        return new(scene, service, await scene.Rows.NumberAsync($"select coalesce(max(seq), 0) from {service}.audit_entries", cancellationToken));
    }

    public void Expect(Identity who, int status)
    {
        // Another system is nobody's person; a disabled person's token is. Without a token the gateway refuses, and no service hears of it.
        if ((status is 401 or 403 or 404) && who.Standing != Standing.Anonymous)
        {
            _refused.AddOrUpdate(_scene.PersonIds.TryGetValue(who.Name, out var id) ? id.ToString() : "", 1, (_, n) => n + 1);
        }
    }

    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        await _scene.Rows.AuditedAsync(_service, cancellationToken);
        var found = await _scene.Rows.PairsAsync(
            $"select coalesce(actor_id::text, ''), count(*)::text from {_service}.audit_entries where seq > $1 and outcome = 'denied' group by 1", cancellationToken, _from);
        return [.. _refused.Where(pair => int.Parse(found.GetValueOrDefault(pair.Key, "0"), global::System.Globalization.CultureInfo.InvariantCulture) < pair.Value)
            .Select(pair => $"{pair.Value} refusals of {_scene.PersonIds.FirstOrDefault(person => person.Value.ToString() == pair.Key).Key ?? "who is no person"}, but {found.GetValueOrDefault(pair.Key, "0")} in the audit")];
    }
}
