/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Docker Engine API. What is asked for here has been the same in all of them. */
record ApiVersion(int major, int minor) {
    /** The first one whose engines say theirs; of those that do not, it is assumed. */
    static final ApiVersion OLDEST = new ApiVersion(1, 24);
    /** The newest one that was looked at. Engines refuse versions above their own, and those that are too old for them. */
    static final ApiVersion NEWEST = new ApiVersion(1, 51);

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})");

    /** The version to ask for of an engine that says this of itself. */
    static ApiVersion common(String stated) {
        Matcher matcher = FORM.matcher(stated);
        if (!matcher.matches()) {
            return OLDEST;
        }
        ApiVersion own = new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return own.isAbove(NEWEST) ? NEWEST : own;
    }

    private boolean isAbove(ApiVersion other) {
        return major > other.major || (major == other.major && minor > other.minor);
    }

    @Override
    public String toString() {
        return "v" + major + "." + minor;
    }
}
