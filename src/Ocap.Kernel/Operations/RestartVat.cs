using Ocap.Kernel.Api;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Operations;

/// <summary>Gives a vat an empty heap and its bundle afresh; what it kept durably it finds again.</summary>
internal static class RestartVat
{
    internal static void Run(KernelCore core, VatId vat, Action<Answer<Done>> answer)
    {
        if (core.Lanes.Find(vat) is not { } lane)
        {
            core.Answer(() => answer(Answer<Done>.Fail(Termination.NoSuchVat)));
            return;
        }

        core.WhenIdle([lane], answer, () =>
        {
            if (lane.State == LaneState.Ended)
            {
                core.Answer(() => answer(Answer<Done>.Fail(Termination.NoSuchVat)));
                return;
            }

            lane.EndWorker();
            lane.State = LaneState.Asleep;
            lane.StartsAt = 0;
            lane.FetchAfresh = true;
            Want(core, lane, failure => core.Answer(() => answer(failure is null
                ? Answer<Done>.Ok(default)
                : Answer<Done>.Fail($"Failed to restart vat {lane.Vat} ({lane.Name}): {failure}"))));
        });
    }

    /// <summary>Answers when the vat is there and its lane at rest.</summary>
    internal static void Ping(KernelCore core, VatId vat, Action<Answer<Done>> answer)
    {
        switch (core.Lanes.Find(vat))
        {
            case null:
                core.Answer(() => answer(Answer<Done>.Fail(Termination.NoSuchVat)));
                break;
            case { State: LaneState.Failed } failed:
                core.Answer(() => answer(Answer<Done>.Fail($"Vat {vat} could not start: {failed.Reason}")));
                break;
            case { State: LaneState.Asleep, StartsAt: > 0 } late:
                core.Answer(() => answer(Answer<Done>.Fail($"Vat {vat} could not be started yet: {late.Reason}")));
                break;
            case { State: LaneState.Asleep } asleep:
                Want(core, asleep, _ => core.Attempt(answer, () => Ping(core, vat, answer)));
                break;
            case { } lane:
                core.WhenIdle([lane], answer, () =>
                {
                    if (lane.State == LaneState.Running)
                    {
                        core.Answer(() => answer(Answer<Done>.Ok(default)));
                    }
                    else
                    {
                        Ping(core, vat, answer);
                    }
                });
                break;
        }
    }

    private static void Want(KernelCore core, Lane lane, Action<string?> told)
    {
        lane.StartWaiters.Add(told);
        core.WantedStarts.Enqueue(lane);
    }
}
