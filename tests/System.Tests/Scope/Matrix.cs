using System.Collections.Concurrent;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>Asks all cells of one route at a time and looks at the rows before and after.</summary>
internal sealed class Matrix(Scene scene)
{
    private const int AtOnce = 8;
    private const int MostFaults = 60;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentDictionary<string, int> _fine = new();

    public IReadOnlyCollection<string> Faults => _faults;

    public int Asked { get; private set; }

    public int Denied { get; private set; }

    public async Task RunAsync(IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        foreach (var route in routes.Where(route => route.Unscoped is null))
        {
            var cells = Cell.Of([route]);
            await scene.LookAsync(cancellationToken);
            var before = await scene.Rows.ChecksumsAsync(cancellationToken);
            var nothing = await NothingAsync(route, cancellationToken);
            var audit = await DenialsInAudit.BeginAsync(scene, route.Service, cancellationToken);
            await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (cell, cancel) => await AskAsync(cell, nothing, audit, cancel));
            (Asked, Denied) = (Asked + cells.Count, Denied + cells.Count(cell => cell.IsDenied));
            var after = await scene.Rows.ChecksumsAsync(cancellationToken);
            foreach (var table in after.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key))
            {
                Add($"{route.Name}: somebody's request changed {table}");
            }

            foreach (var fault in await audit.MissingAsync(cancellationToken))
            {
                Add($"{route.Name}: {fault}");
            }

            if (_faults.Count > MostFaults)
            {
                break;
            }
        }
    }

    /// <summary>By the right people each route does what it is for: else a refusal would prove nothing.</summary>
    public async Task ControlAsync(IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        foreach (var route in routes.Where(route => route.Unscoped is null))
        {
            foreach (var (who, place) in route.Controls)
            {
                var identity = Cast.Find(who);
                if (route.Expected(identity, place) != 200)
                {
                    Add($"{route.Name}: the control {who} of {place} is not expected to succeed");
                }

                await scene.LookAsync(cancellationToken);
                var answer = await Answer.AskAsync(scene, identity, route.Service, route.Request(new(scene, scene.Owners[place])), cancellationToken);
                Count(route, answer);
                if (!answer.IsFine)
                {
                    Add($"{route.Name}: the control {who} of {place} got {answer.Status} {answer.Body}");
                }
            }

            if (!_fine.ContainsKey(route.Name) && _faults.Count <= MostFaults)
            {
                Add($"{route.Name}: nobody ever got a 2xx, so its refusals prove nothing");
            }
        }
    }

    private async Task AskAsync(Cell cell, string? nothing, DenialsInAudit audit, CancellationToken cancellationToken)
    {
        var (route, wanted) = cell.Asked!.Value;
        var answer = await Answer.AskAsync(scene, cell.Who, route.Service, route.Request(new(scene, scene.Owners[cell.Place])), cancellationToken);
        Count(cell.Route, answer);
        audit.Expect(cell.Who, answer.Status);
        foreach (var fault in Oracles.Faults(cell, wanted, answer, scene.Canaries, nothing))
        {
            Add(fault);
        }
    }

    /// <summary>How the route refuses an owner of whom nothing exists; null when that is no 404.</summary>
    private async Task<string?> NothingAsync(Route route, CancellationToken cancellationToken)
    {
        if (route.IsOnce)
        {
            return null;
        }

        var answer = await Answer.AskAsync(scene, Cast.Find("county-reviewer@A1"), route.Service, route.Request(new(scene, Owner.Nothing("A1S1"))), cancellationToken);
        return answer.Status == 404 ? answer.Refusal() : null;
    }

    private void Count(Route route, Answer answer)
    {
        if (answer.IsFine)
        {
            _fine.AddOrUpdate(route.Name, 1, (_, n) => n + 1);
        }
    }

    private void Add(string fault)
    {
        if (_faults.Count < MostFaults * 2)
        {
            _faults.Enqueue(fault);
        }
    }
}
