using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Gengdu.Benchmarks.Bare;

/// <summary>
/// The figures of the bare pipeline: every answer of a submission as a row of a keyed table and its county's count, in batches, a
/// transaction each. No formulas, no levels above the county, no reviews, nothing that notices a message that comes twice.
/// </summary>
internal static class BareProjection
{
    private const int BatchSize = 50;

    private const string Sql = """
        with counted as (
          insert into bench.counties as c (county, submitted) select n, count(*) from unnest($4::int[]) n group by n order by n
          on conflict (county) do update set submitted = c.submitted + excluded.submitted)
        insert into bench.facts (report_id, field, value) select * from unnest($1::uuid[], $2::text[], $3::text[])
        on conflict (report_id, field) do update set value = excluded.value
        """;

    public static async Task RunAsync(BareSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(settings.Projection!.ToString());
        await using var app = builder.Build();
        await using var postgres = NpgsqlDataSource.Create(settings.Postgres);
        app.MapGet("/dashboard", (RequestDelegate)(context => ShowAsync(context, postgres)));
        await using var broker = await new ConnectionFactory { Uri = settings.Broker! }.CreateConnectionAsync();
        await using var channel = await broker.CreateChannelAsync();
        await BareRelay.DeclareAsync(channel);
        await channel.BasicQosAsync(0, 2 * BatchSize, global: false);
        var arrived = Channel.CreateUnbounded<(ulong Tag, Guid Id, byte[] Body)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) => arrived.Writer.WriteAsync((e.DeliveryTag, Guid.Parse(e.BasicProperties.MessageId!), e.Body.ToArray())).AsTask();
        await channel.BasicConsumeAsync(BareRelay.Queue, autoAck: false, consumer);
        _ = Task.Run(() => CountAsync(arrived.Reader, channel, postgres));
        await app.RunAsync();
    }

    private static async Task CountAsync(ChannelReader<(ulong Tag, Guid Id, byte[] Body)> arrived, IChannel channel, NpgsqlDataSource postgres)
    {
        var batch = new List<(ulong Tag, Guid Id, byte[] Body)>(BatchSize);
        while (await arrived.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < BatchSize && arrived.TryRead(out var message))
            {
                batch.Add(message);
            }

            var facts = batch.SelectMany(message => Facts(message.Body).Select(fact => (message.Id, fact.Field, fact.Value))).ToArray();
            await using var command = postgres.CreateCommand(Sql);
            command.Parameters.Add(new() { Value = facts.Select(fact => fact.Id).ToArray() });
            command.Parameters.Add(new() { Value = facts.Select(fact => fact.Field).ToArray() });
            command.Parameters.Add(new() { Value = facts.Select(fact => fact.Value).ToArray() });
            // As many counties as the province has.
            command.Parameters.Add(new() { Value = batch.Select(message => Math.Abs(message.Id.GetHashCode() % 167)).ToArray() });
            await command.ExecuteNonQueryAsync();
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true);
        }
    }

    private static List<(string Field, string Value)> Facts(byte[] body)
    {
        using var message = JsonDocument.Parse(body);
        var facts = new List<(string, string)>();
        Add("", message.RootElement.GetProperty("values"));
        return facts;

        void Add(string at, JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var part in value.EnumerateObject())
                    {
                        Add($"{at}/{part.Name}", part.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var (n, part) in value.EnumerateArray().Index())
                    {
                        Add(string.Create(CultureInfo.InvariantCulture, $"{at}/{n}"), part);
                    }

                    break;
                default:
                    facts.Add((at, value.GetRawText()));
                    break;
            }
        }
    }

    private static async Task ShowAsync(HttpContext context, NpgsqlDataSource postgres)
    {
        await using var command = postgres.CreateCommand("select coalesce(sum(submitted), 0)::bigint from bench.counties");
        await context.Response.WriteAsJsonAsync(new { submitted = (long)(await command.ExecuteScalarAsync())! });
    }
}
