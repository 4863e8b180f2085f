using System;
using System.Diagnostics;
using System.Threading.Tasks;
using OssPayment.Pipeline;

namespace OssPayment.Commands;

/// <summary>Reads the limits and asks about the change; reads and asks again when the limits are too old.</summary>
internal static class Confirmation
{
    /// <param name="item">The change, which asks in its turn.</param>
    /// <param name="read">Reads the present limits.</param>
    /// <param name="confirm">Asks about changing them.</param>
    /// <param name="maximumAge">Maximum age of the limits shown in a confirmation before they are read again.</param>
    /// <returns>The limits that it was agreed to change; null after a no.</returns>
    internal static async Task<QoSConfiguration?> AskAsync(
        WorkItem item,
        Func<Task<QoSConfiguration>> read,
        Func<QoSConfiguration, bool> confirm,
        TimeSpan maximumAge)
    {
        QoSConfiguration? agreed = null;
        while (true)
        {
            QoSConfiguration present = await read().ConfigureAwait(false);
            var age = Stopwatch.StartNew();
            if (agreed is not null && agreed.HasSameLimits(present))
            {
                return present;
            }

            // Others may have taken their time before it was this one's turn, and the user may take theirs to answer.
            bool? answer = await item.AskAsync(() => age.Elapsed > maximumAge ? null : confirm(present))
                .ConfigureAwait(false);
            if (answer == false)
            {
                return null;
            }

            if (answer == true && age.Elapsed <= maximumAge)
            {
                return present;
            }

            agreed = answer == true ? present : null;
        }
    }
}
