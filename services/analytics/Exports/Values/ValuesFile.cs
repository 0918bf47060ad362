using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Organisations;
using Npgsql;

namespace Gengdu.Analytics.Exports.Values;

/// <summary>
/// Every reported value at and below a place, one line a cell, as signed in the newest revision. Some hundred organisations at a time: whatever
/// the province's size, memory stays as it is. Personal values never reach this service.
/// </summary>
internal sealed class ValuesFile(NpgsqlConnection connection, Caller caller, DashboardHead head, Guid cycleId, ExportWords words)
{
    private const int AtOnce = 200;

    // One report may be owed for each level an organisation plays; a module stands in one of them.
    private const string Owing = """
        select r.organisation_id, o.code, o.name_zh, o.name_en, coalesce(p.name_zh, ''), coalesce(p.name_en, ''), r.module_keys
        from roster_entries r join organisations o on o.id = r.organisation_id left join organisations p on p.path = r.node_path
        where r.cycle_id = $1 and r.path >= $2 and r.path < $3 and (r.path = any($4) or r.path ^@ any($5)) order by r.path, r.level
        """;

    private const string Signed = "select organisation_id, module_key, values::text from module_values where cycle_id = $1 and organisation_id = any($2) and revision > 0 and values is not null";

    private sealed record Owner(Guid Id, string Code, string Name, string Above, string[] Modules);

    /// <returns>How many cells.</returns>
    public async Task<long> WriteAsync(Stream file, ExportProgress progress, CancellationToken cancellationToken)
    {
        var owners = await OwnersAsync(cancellationToken);
        var cells = new ValueCells(head.Formulas.Programme, words);
        cells.Start();
        for (var from = 0; from < owners.Count; from += AtOnce)
        {
            var some = owners.GetRange(from, Math.Min(AtOnce, owners.Count - from));
            var signed = await SignedAsync(some, cancellationToken);
            foreach (var owner in some)
            {
                foreach (var module in owner.Modules)
                {
                    if (signed.TryGetValue((owner.Id, module), out var values))
                    {
                        cells.Module(owner.Code, owner.Name, owner.Above, module, values);
                    }
                }
            }

            await FlushAsync();
            await progress.TellAsync(from + some.Count, owners.Count, cells.Count, cancellationToken);
        }

        CsvText.Append(cells.Written, $"# {words.Watermark}");
        await FlushAsync();
        return cells.Count;

        async Task FlushAsync()
        {
            await file.WriteAsync(cells.Written.WrittenMemory, cancellationToken);
            cells.Written.ResetWrittenCount();
        }
    }

    private async Task<List<Owner>> OwnersAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Owing, connection)
        {
            CommandTimeout = 60,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.CyclePath }, new() { Value = TreePath.End(head.CyclePath) }, new() { Value = caller.OwnPaths(Roles.Reporter, Roles.Approver) },
                new() { Value = caller.SubtreePaths(Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner) },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var owners = new List<Owner>();
        while (await reader.ReadAsync(cancellationToken))
        {
            owners.Add(new(
                reader.GetGuid(0), reader.GetString(1), words.Of(reader.GetString(2), reader.GetString(3)), words.Of(reader.GetString(4), reader.GetString(5)), reader.GetFieldValue<string[]>(6)));
        }

        return owners;
    }

    private async Task<Dictionary<(Guid, string), byte[]>> SignedAsync(List<Owner> owners, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Signed, connection)
        { CommandTimeout = 60, Parameters = { new() { Value = cycleId }, new() { Value = owners.Select(owner => owner.Id).Distinct().ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var signed = new Dictionary<(Guid, string), byte[]>(owners.Count * 10);
        while (await reader.ReadAsync(cancellationToken))
        {
            signed[(reader.GetGuid(0), reader.GetString(1))] = reader.GetFieldValue<byte[]>(2);
        }

        return signed;
    }
}
