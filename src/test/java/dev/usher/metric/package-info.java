/** Whether dashboard and rules ask for what there is. */
package dev.usher.metric;
