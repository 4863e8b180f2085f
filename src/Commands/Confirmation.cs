using System;
using System.Threading.Tasks;
using OssPayment.Pipeline;
using OssPayment.Time;

namespace OssPayment.Commands;

/// <summary>Reads the limits and asks about the change; reads and asks again when the limits are too old.</summary>
internal static class Confirmation
{
    /// <summary>Maximum age of the limits shown in a confirmation before they are read again.</summary>
    private static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(2);

    /// <param name="item">The change, which asks in its turn.</param>
    /// <param name="read">Reads the present limits.</param>
    /// <param name="confirm">Asks about changing them.</param>
    /// <param name="clock">The time by which the limits that were read grow old.</param>
    /// <returns>The limits that it was agreed to change; null after a no.</returns>
    internal static async Task<QoSConfiguration?> AskAsync(
        WorkItem item,
        Func<Task<QoSConfiguration>> read,
        Func<QoSConfiguration, bool> confirm,
        Clock clock)
    {
        QoSConfiguration? agreed = null;
        while (true)
        {
            QoSConfiguration present = await read().ConfigureAwait(false);
            TimeSpan tooOld = clock.Elapsed + MaximumAge;
            if (agreed is not null && agreed.HasSameLimits(present))
            {
                return present;
            }

            // Others may have taken their time before it was this one's turn, and the user may take theirs to answer.
            bool? answer = await item.AskAsync(() => clock.Elapsed > tooOld ? null : confirm(present))
                .ConfigureAwait(false);
            if (answer == false)
            {
                return null;
            }

            if (answer == true && clock.Elapsed <= tooOld)
            {
                return present;
            }

            agreed = answer == true ? present : null;
        }
    }
}
