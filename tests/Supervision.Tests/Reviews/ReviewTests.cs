using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>Walks every sequence of acts by every kind of person, at an ordinary school and at Dingzhou's.</summary>
public sealed class ReviewTests
{
    private const string Province = "/1/", City = "/1/2/", County = "/1/2/3/", School = "/1/2/3/4/", Dual = "/1/9/", DualSchool = "/1/9/4/";
    private const int Depth = 4;
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);
    private static readonly Guid Signer = Id(1);

    [Fact]
    public void EverySequence_AtAnOrdinarySchool_KeepsTheRules() => Walk(School, new(County, City, Province),
    [
        At(2, (Roles.CountyReviewer, County)), At(3, (Roles.CountyReviewer, County)), At(4, (Roles.CitySupervisor, City)), At(5, (Roles.ProvinceOwner, Province)),
        At(6, (Roles.CountyReviewer, County), (Roles.CitySupervisor, City), (Roles.ProvinceOwner, Province)), At(7, (Roles.Approver, School)),
        TestCaller.With(Signer, new Right(Roles.CountyReviewer, Id(50), County, ["county"])),
    ]);

    [Fact]
    public void EverySequence_AtADingzhouSchool_KeepsTheRules() => Walk(DualSchool, new(Dual, Dual, Province),
    [
        At(2, (Roles.CountyReviewer, Dual)), At(4, (Roles.CitySupervisor, Dual)), At(6, (Roles.CountyReviewer, Dual), (Roles.CitySupervisor, Dual)),
        At(5, (Roles.ProvinceOwner, Province)), At(8, (Roles.ProvinceOwner, Province), (Roles.CitySupervisor, Dual)),
    ]);

    [Fact]
    public void Table_HasOneLineForEachActOfEachStepAndNoneElsewhere()
    {
        foreach (var state in Enum.GetValues<ReviewState>())
        {
            ReviewAct[] expected = state switch
            {
                ReviewState.CountyReview or ReviewState.CityReview => [ReviewAct.Approve, ReviewAct.Return, ReviewAct.Withdraw],
                ReviewState.ProvinceReview => [ReviewAct.Return, ReviewAct.Accept, ReviewAct.Withdraw],
                ReviewState.Accepted => [ReviewAct.AskUnlock, ReviewAct.AskUnlock, ReviewAct.Unlock, ReviewAct.RefuseUnlock],
                _ => [],
            };
            Assert.Equal(expected, ReviewTransitions.All.Where(t => t.From == state).Select(t => t.Act).Order());
        }
    }

    [Fact]
    public void Keys_AreReadBackAsWritten()
    {
        Assert.All(Enum.GetValues<ReviewState>(), state => Assert.Equal(state, ReviewKeys.State(state.Key())));
        Assert.All(Enum.GetValues<ReviewAct>(), act => Assert.Equal(act, ReviewKeys.Act(act.Key())));
        Assert.All(Enum.GetValues<ReviewLevel>(), level => Assert.Equal(level, ReviewKeys.Level(level.Key())));
        Assert.Equal("county-review", ReviewState.CountyReview.Key());
    }

    [Fact]
    public void Receive_SameOrOlderRevision_ChangesNothing()
    {
        var review = Review.Open(Submission(School, 3), Now);
        Assert.All([1, 2, 3], revision => Assert.False(review.Receive(Submission(School, revision), Now)));
        Assert.Equal((3, 1L), (review.Revision, review.Version));
    }

    private static void Walk(string school, ReviewLine line, Caller[] people)
    {
        (Caller? Who, ReviewAct Act)[] moves = [.. people.SelectMany(person => new[] { (person, ReviewAct.Approve), (person, ReviewAct.Return) }), (null, ReviewAct.Submit)];
        var seen = new HashSet<(ReviewState, ReviewAct)>();
        var indices = new int[Depth];
        do
        {
            var review = Review.Open(Submission(school, 1), Now);
            foreach (var index in indices)
            {
                Step(review, line, moves[index].Who, moves[index].Act, people, seen);
            }
        }
        while (Next(indices, moves.Length));
        // The acts beside the steps are walked by ReviewTransitionsTests.
        Assert.Equal(ReviewTransitions.All.Where(t => t.Passes || t.Act == ReviewAct.Return).Select(t => (t.From, t.Act)).Order(), seen.Order());
    }

    private static void Step(Review review, ReviewLine line, Caller? who, ReviewAct move, Caller[] people, HashSet<(ReviewState, ReviewAct)> seen)
    {
        var (state, version, entries) = (review.State, review.Version, review.History.Count);
        if (who is null)
        {
            Assert.True(review.Receive(Submission(review.OrganisationPath, review.Revision + 1), Now));
            Assert.Equal((ReviewState.CountyReview, version + 1), (review.State, review.Version));
            return;
        }

        var act = move == ReviewAct.Return ? ReviewAct.Return : state == ReviewState.ProvinceReview ? ReviewAct.Accept : ReviewAct.Approve;
        var promised = review.Acts(who, line).Single(permitted => permitted.Act == act).Refusal;
        var hands = review.History.Where(entry => entry.Revision == review.Revision && entry.Act is not ReviewAct.Return).Select(entry => entry.By).ToHashSet();
        var refusal = act == ReviewAct.Return
            ? review.Return(who, line, review.Revision, [new() { Code = "other", Text = "x" }], null, Now)
            : review.Approve(who, line, review.Revision, Now);

        // What the caller was told beforehand is what happens.
        Assert.Equal(promised?.Code, refusal?.Code);
        if (refusal is not null)
        {
            Assert.Equal((state, version, entries), (review.State, review.Version, review.History.Count));
            Assert.InRange(refusal.Status, 403, 409);
            return;
        }

        var line1 = ReviewTransitions.Find(state, act).Single();
        seen.Add((state, act));
        Assert.Equal((line1.To, version + 1, entries + 1), (review.State, review.Version, review.History.Count));
        Assert.Contains(who.Rights, right => right.Role == line1.Role && right.Path == line.At(line1.At));
        Assert.True(act == ReviewAct.Return || !hands.Contains(who.PersonId), "Nobody passes on what went through their own hands");
        Assert.True(review.State != ReviewState.Accepted || people.All(person => review.Acts(person, line).All(permitted => permitted.Act == ReviewAct.AskUnlock || permitted.Refusal is not null)), "Accepted is final until somebody asks");
    }

    private static bool Next(int[] indices, int of)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = (indices[i] + 1) % of;
            if (indices[i] > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static Submission Submission(string school, int revision) =>
        new(Id(100), revision, Id(101), Id(102), "curriculum", Id(103), school, ReviewLevel.School, Now, Signer);

    private static Caller At(int person, params (string Role, string Path)[] roles) =>
        TestCaller.With(Id(person), [.. roles.Select(role => new Right(role.Role, Id(200), role.Path, ["county"]))]);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
