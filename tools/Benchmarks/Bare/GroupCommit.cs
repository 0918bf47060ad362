using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Benchmarks.Bare;

/// <summary>Report and outbox row of all requests that arrived meanwhile in one statement: the least that is durable.</summary>
internal sealed class GroupCommit(NpgsqlDataSource postgres, SampleRow sample)
{
    private const int Writers = 2;
    private const int GroupSize = 32;

    private const string Sql = """
        with signed as (
          insert into bench.revisions (module_report_id, number, values, explanations, results, content_hash, receipt_number, submitted_at, submitted_by, on_time)
          select r.id, 1, r.values::jsonb, $3, $4, repeat('0', 64), r.id::text, now(), r.id, true from unnest($1, $2) r(id, values))
        insert into bench.outbox_messages (id, type, body, not_before, attempts)
        select r.id, 'Gengdu.Contracts.Reporting.V1.ModuleReportSubmitted', $5, now(), 0 from unnest($1, $2) r(id, values)
        """;

    private readonly Channel<(Guid Id, string Values, TaskCompletionSource Done)> _queue = Channel.CreateBounded<(Guid, string, TaskCompletionSource)>(1000);

    public void Start()
    {
        for (var i = 0; i < Writers; i++)
        {
            _ = Task.Run(WriteGroupsAsync);
        }
    }

    public async Task WriteAsync(Guid id, string values)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync((id, values, done));
        await done.Task;
    }

    private async Task WriteGroupsAsync()
    {
        var group = new List<(Guid Id, string Values, TaskCompletionSource Done)>(GroupSize);
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < GroupSize && _queue.Reader.TryRead(out var waiting))
            {
                group.Add(waiting);
            }

            try
            {
                await CommitAsync(group);
                group.ForEach(g => g.Done.SetResult());
            }
            catch (NpgsqlException fault)
            {
                group.ForEach(g => g.Done.SetException(fault));
            }
        }
    }

    private async Task CommitAsync(List<(Guid Id, string Values, TaskCompletionSource Done)> group)
    {
        await using var command = postgres.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = group.Select(g => g.Id).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = group.Select(g => g.Values).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = sample.Explanations });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = sample.Results });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = sample.Event });
        await command.ExecuteNonQueryAsync();
    }
}
