using FsCheck;
using FsCheck.Fluent;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>Random acts by random persons, right or wrong, in a cycle that may close on the way: the rules hold after each of them.</summary>
public sealed class ReviewTransitionsTests
{
    private static readonly Dictionary<(ReviewState, ReviewAct), int> Taken = [];

    [Fact]
    public void AnySequenceOfActs_KeepsTheRules()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ListOf(60).ToArbitrary(), seeds =>
        {
            var table = new Table((ReviewLevel)(seeds.FirstOrDefault() % 3));
            foreach (var seed in seeds)
            {
                table.Act(new System.Random(seed));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
        // A walk that never gets somewhere proves nothing about it.
        Assert.Equal(ReviewTransitions.All.Select(t => (t.From, t.Act)).Distinct().Order(), Taken.Keys.Order());
    }

    private sealed class Table
    {
        private const string Province = "/1/", City = "/1/2/", County = "/1/2/3/", School = "/1/2/3/4/";
        private static readonly Guid OwnId = Id(103), Signer = Id(10);
        private readonly string _own;
        private readonly Caller[] _people;
        private readonly Review _review;
        private readonly HashSet<(Guid Person, int Revision)> _opened = [];
        private ReviewLine _line;
        private int _step;

        /// <summary>The report of a school, of its county, or of its city: each begins at another step.</summary>
        public Table(ReviewLevel level)
        {
            _own = level switch { ReviewLevel.School => School, ReviewLevel.County => County, _ => City };
            _line = new(level == ReviewLevel.City ? null : County, City, Province);
            _people = People(_own);
            _review = Review.Open(Submission(1, level, _own), Moment(0));
        }

        private static Caller[] People(string own) =>
        [
            At(1, (Roles.Approver, own)), At(2, (Roles.Approver, own), (Roles.Reporter, own)), At(3, (Roles.Reporter, own)),
            At(4, (Roles.CountyReviewer, County)), At(5, (Roles.CountyReviewer, County)), At(6, (Roles.CitySupervisor, City)), At(7, (Roles.ProvinceOwner, Province)),
            At(8, (Roles.CountyReviewer, County), (Roles.CitySupervisor, City), (Roles.ProvinceOwner, Province)), At(9, (Roles.CountyReviewer, "/1/2/9/")),
            At(10, (Roles.Approver, own), (Roles.CountyReviewer, County), (Roles.ProvinceOwner, Province)), At(11, (Roles.Administrator, Province)),
        ];

        public void Act(System.Random random)
        {
            _step++;
            var (state, version, revision, entries) = (_review.State, _review.Version, _review.Revision, _review.History.Count);
            if (random.Next(40) == 0)
            {
                _line = _line with { CycleClosed = true };
            }

            if (random.Next(8) == 0)
            {
                Receive(random, version, revision);
                return;
            }

            var who = _people[random.Next(_people.Length)];
            if (random.Next(8) == 0)
            {
                if (_review.Open(who, _line, revision, Moment(_step)) is null)
                {
                    _opened.Add((who.PersonId, revision));
                    Assert.Contains(who.Rights, right => right.Role == ReviewTransitions.Step(state)!.Role);
                }

                Assert.Equal((state, version), (_review.State, _review.Version));
                return;
            }

            // Mostly what the state has, so that the walk comes far; sometimes anything.
            var acts = random.Next(4) == 0 ? ReviewTransitions.Acts : [.. ReviewTransitions.All.Where(t => t.From == state).Select(t => t.Act).DefaultIfEmpty(ReviewAct.Return)];
            var act = acts[random.Next(acts.Count)];
            var read = random.Next(10) == 0 ? revision + 1 : revision;
            var promised = _review.Acts(who, _line).Single(permitted => permitted.Act == act).Refusal;
            var refusal = Do(act, who, read);
            if (refusal is not null)
            {
                Assert.Equal((state, version, entries), (_review.State, _review.Version, _review.History.Count));
                Assert.InRange(refusal.Status, 403, 409);
                Assert.True(promised is not null || read != revision, $"{act} was promised and then refused: {refusal.Code}");
                return;
            }

            Assert.Null(promised);
            Lawful(who, act, state, version, revision);
        }

        private void Receive(System.Random random, long version, int revision)
        {
            var next = revision + random.Next(3) - 1;
            Assert.Equal(next > revision, _review.Receive(Submission(next, _review.Level, _own), Moment(_step)));
            Assert.Equal((Math.Max(next, revision), version + (next > revision ? 1 : 0)), (_review.Revision, _review.Version));
            Whole();
        }

        private Gengdu.ServiceDefaults.Problem? Do(ReviewAct act, Caller who, int read) => act switch
        {
            ReviewAct.Return => _review.Return(who, _line, read, [new() { Code = "other", Text = "x" }], null, Moment(_step)),
            ReviewAct.Withdraw => _review.Withdraw(who, _line, read, null, Moment(_step)),
            ReviewAct.AskUnlock => _review.AskUnlock(who, _line, "x", Moment(_step)),
            ReviewAct.Unlock => _review.Unlock(who, _line, "x", null, Moment(_step)),
            ReviewAct.RefuseUnlock => _review.RefuseUnlock(who, _line, "x", Moment(_step)),
            // One handler passes on, whatever the step calls it; the wrong word of the two never happens.
            _ when ReviewTransitions.Step(_review.State) is { } step && step.Act != act => _review.Acts(who, _line).Single(permitted => permitted.Act == act).Refusal ?? throw new InvalidOperationException("passes a step it is not at"),
            _ => _review.Approve(who, _line, read, Moment(_step)),
        };

        private void Lawful(Caller who, ReviewAct act, ReviewState from, long version, int revision)
        {
            lock (Taken)
            {
                Taken[(from, act)] = Taken.GetValueOrDefault((from, act)) + 1;
            }

            var transition = ReviewTransitions.Find(from, act).First();
            var past = _review.History.SkipLast(1).Where(entry => entry.Revision == revision).ToList();
            Assert.Equal((transition.To, version + 1, revision), (_review.State, _review.Version, _review.Revision));
            Assert.Contains(who.Rights, right => ReviewTransitions.Find(from, act).Any(t => t.Role == right.Role && right.Path == (t.At == ReviewLevel.School ? _own : _line.At(t.At))));
            if (transition.Passes)
            {
                Assert.DoesNotContain(past, entry => entry.By == who.PersonId && entry.Act is ReviewAct.Submit or ReviewAct.Approve);
                Assert.Equal((_review.State switch { ReviewState.CityReview => 0, ReviewState.ProvinceReview => 1, _ => 2 }) - (int)_review.Level, past.Count(entry => entry.Act == ReviewAct.Approve));
            }

            if (act is ReviewAct.Withdraw)
            {
                Assert.DoesNotContain(past, entry => entry.Act == ReviewAct.Approve);
                Assert.DoesNotContain(_opened, opened => opened.Revision == revision);
            }

            if (act is ReviewAct.Unlock or ReviewAct.RefuseUnlock)
            {
                var asked = past.Last(entry => entry.Act is ReviewAct.AskUnlock or ReviewAct.Unlock or ReviewAct.RefuseUnlock);
                Assert.Equal(ReviewAct.AskUnlock, asked.Act);
                Assert.NotEqual(who.PersonId, asked.By);
                Assert.NotNull(_review.History[^1].Words);
            }

            Assert.False(_line.CycleClosed && act is ReviewAct.Withdraw or ReviewAct.AskUnlock or ReviewAct.Unlock, "nothing is given back when the cycle takes nothing more");
            bool? unopened = transition.Passes || act == ReviewAct.Return ? !_opened.Contains((who.PersonId, revision)) : null;
            Assert.Equal(unopened, _review.History[^1].Unopened);
            Whole();
        }

        /// <summary>The history alone tells the state, counts the version, and has every revision that ever came in.</summary>
        private void Whole()
        {
            Assert.Equal(_review.Version, _review.History.Count);
            Assert.Equal(Enumerable.Range(1, _review.History.Count).Select(number => (long)number), _review.History.Select(entry => entry.Version));
            var (state, asked, seen) = (ReviewState.Accepted, false, 0);
            foreach (var entry in _review.History)
            {
                Assert.True(entry.Act == ReviewAct.Submit ? entry.Revision > seen : entry.Revision == seen);
                seen = entry.Revision;
                asked = entry.Act == ReviewAct.AskUnlock;
                state = entry.Act == ReviewAct.Submit ? ReviewTransitions.Start(_review.Level) : ReviewTransitions.Find(state, entry.Act).First().To;
            }

            Assert.Equal((state, seen, asked), (_review.State, _review.Revision, _review.UnlockAskedBy is not null));
        }

        private static DateTimeOffset Moment(int step) => new DateTimeOffset(2026, 9, 15, 1, 0, 0, TimeSpan.Zero).AddMinutes(step);

        private static Submission Submission(int revision, ReviewLevel level, string own) => new(Id(100), revision, Id(101), Id(102), "curriculum", OwnId, own, level, Moment(0), Signer);

        private static Caller At(int person, params (string Role, string Path)[] roles) =>
            TestCaller.With(Id(person), [.. roles.Select(role => new Right(role.Role, role.Role is Roles.Approver or Roles.Reporter ? OwnId : Id(200 + role.Path.Length), role.Path, ["county"]))]);

        private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
    }
}
